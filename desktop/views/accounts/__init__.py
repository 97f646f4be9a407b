"""Screen of people, their roles and districts (職員と権限)."""
