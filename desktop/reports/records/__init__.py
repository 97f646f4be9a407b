"""Forms of the case record."""
