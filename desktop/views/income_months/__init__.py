"""Earned income by month (就労収入) in a household's file."""
