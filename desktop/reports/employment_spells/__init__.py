"""The report of starts of work."""
