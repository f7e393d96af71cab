"""Counting page views without keeping anything about those who read."""
