"""Papers about medical matters."""
