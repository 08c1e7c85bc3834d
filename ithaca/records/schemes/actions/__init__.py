"""What changes the rows of schemes."""
