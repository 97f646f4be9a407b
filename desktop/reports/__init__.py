"""Official forms: dataclass in, PDF out. No database, no Qt."""
