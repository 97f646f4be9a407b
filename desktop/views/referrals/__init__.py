"""Requests to Hello Work (支援要請) in a household's file."""
