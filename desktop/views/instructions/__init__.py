"""指示: what a supervisor asks for about a household."""
