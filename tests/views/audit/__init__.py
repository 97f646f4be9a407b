"""Tests of the screen 監査."""
