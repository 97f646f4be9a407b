"""Blind double checks (二重確認) in 会議・支援区分."""
