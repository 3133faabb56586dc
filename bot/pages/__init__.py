"""The pages outsiders open: served without scripts, and of one document only."""
