"""Check, offline, every call an app makes to Slack and every answer it gives."""
