"""Serve the page in the browser: what a person sees, and what they do there."""
