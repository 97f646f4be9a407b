"""手引: cards of the help at the right edge of the window."""
