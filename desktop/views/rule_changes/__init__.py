"""改正の窓: changes of the rules, and the households they concern."""
