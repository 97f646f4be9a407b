"""The yearly visit plan (K-07), the month with its results (K-08), the report of all districts (K-27)."""
