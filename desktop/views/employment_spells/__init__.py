"""Starts of work (就労開始) in a household's file."""
