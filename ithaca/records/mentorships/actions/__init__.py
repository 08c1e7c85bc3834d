"""What changes a mentorship, from the first thought of asking to the ending. One transaction each."""
