"""Run a local workspace that speaks Slack's interfaces, for trying the bot and for tests."""
