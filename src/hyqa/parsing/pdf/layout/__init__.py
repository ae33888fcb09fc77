"""What stands where on a page of a PDF, and what that means."""
