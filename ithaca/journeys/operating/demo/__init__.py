"""A demonstration: three schemes with their people, at every point of the way. None of it is real."""
