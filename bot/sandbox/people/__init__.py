"""Do what people do in the workspace, and carry out how the bot answers them."""
