"""個別支援計画 in a household's file."""
