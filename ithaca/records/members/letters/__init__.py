"""The letters about accounts, memberships and offers to mentor: one function a letter. No names, no content."""
