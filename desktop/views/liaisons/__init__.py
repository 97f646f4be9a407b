"""関係先 in a household's file."""
