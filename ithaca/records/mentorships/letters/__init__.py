"""Letters of a mentorship: no names, no content, one link, and by when."""
