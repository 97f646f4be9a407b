"""試算・給付 in a household's file."""
