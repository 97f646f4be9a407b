"""通院・病状 in a household's file."""
