"""Pure functions from what is true to what Slack shows."""
