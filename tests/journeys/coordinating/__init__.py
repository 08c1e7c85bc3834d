"""The desk, tried as people would."""
