"""Hold what the workspace knows, in memory only."""
