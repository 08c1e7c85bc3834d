"""Pages of the coordinator's desk, by what is handled."""
