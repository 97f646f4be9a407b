"""The visit planner: pure functions on dataclasses (comes with the visit plans)."""
