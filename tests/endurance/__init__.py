"""What the bot must bear: kills, outages, rate limits and a second bot beside it."""
