"""Pages of pairing: the two-minute request, asking for a mentor, choosing one, and introductions."""
