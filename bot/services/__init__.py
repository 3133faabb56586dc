"""Use cases: each loads, acts and saves in one transaction."""
