"""A run's record as a file: each writer is pure and makes bytes of a record."""
