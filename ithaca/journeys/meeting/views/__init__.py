"""Pages of the room two people share."""
