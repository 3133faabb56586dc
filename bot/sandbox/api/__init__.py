"""Answer the Web API methods that the bot's features need."""
