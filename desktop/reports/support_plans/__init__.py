"""Papers of support plans and participations."""
