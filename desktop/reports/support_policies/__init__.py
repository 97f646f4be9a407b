"""The forms of support policies (援助方針)."""
