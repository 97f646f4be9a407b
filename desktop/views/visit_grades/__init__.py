"""Screens of visit grades (訪問格付)."""
