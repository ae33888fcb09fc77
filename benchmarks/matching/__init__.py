"""Training the question matcher: upper layers that put questions which ask the same near each other."""
