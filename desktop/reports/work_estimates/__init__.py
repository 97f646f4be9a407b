"""Papers about money linked to work."""
