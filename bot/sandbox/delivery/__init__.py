"""Bring what people do to the bot, by Socket Mode or signed HTTP requests."""
