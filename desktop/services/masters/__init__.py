"""Dated office data (設定値): reading what is in force, and changing it with a second person's approval."""
