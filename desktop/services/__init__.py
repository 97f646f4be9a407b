"""Use cases, one module per noun; a use case is one unit of work."""
