"""The screen 位置参照情報."""
