"""The running bot: people, clocks, other services."""
