"""Screens of visit plans (訪問計画)."""
