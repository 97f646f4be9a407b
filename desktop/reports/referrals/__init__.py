"""The request to Hello Work on paper."""
