"""Papers about acts of support."""
