"""The household list and the case file."""
