"""電話メモ: calls taken for colleagues' households."""
