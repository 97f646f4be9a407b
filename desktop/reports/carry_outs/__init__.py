"""The carry sheet (K-09), the register of papers that left (K-11), the report of an incident (K-29)."""
