"""What the trainings of the bundled encoder's upper layers have in common."""
