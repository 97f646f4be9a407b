"""設定値: one editor for every table of dated office data."""
