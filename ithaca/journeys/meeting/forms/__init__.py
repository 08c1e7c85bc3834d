"""The forms of the room, each in the file of its noun."""
