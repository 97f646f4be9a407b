"""Screens of assessments and support groups (就労支援)."""
