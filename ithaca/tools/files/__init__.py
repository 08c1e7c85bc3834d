"""Files that people send: what is taken, and how it is made harmless before it is kept."""
