"""Papers of case conferences and of support groups."""
