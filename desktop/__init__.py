"""Bansō (伴走): the desk of caseworker and supervisor in a welfare office."""
