"""Papers of assessments."""
