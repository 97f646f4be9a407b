"""Typed input widgets: what people type is read into a value, or refused with a sentence beside it."""
