"""The letters of asking, introducing and meeting: one function a letter. No names, no content."""
