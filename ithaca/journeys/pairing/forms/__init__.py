"""Forms of pairing, by noun."""
