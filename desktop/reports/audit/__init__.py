"""Forms about the audit trail."""
