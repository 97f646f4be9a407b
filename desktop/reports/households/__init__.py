"""Forms about a whole household."""
