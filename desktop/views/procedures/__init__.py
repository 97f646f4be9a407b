"""Procedures (手続) in a household's file."""
