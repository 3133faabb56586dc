"""Whole journeys: a Slack payload in, the database and Slack's calls out."""
