"""What the bot says, in three languages."""
