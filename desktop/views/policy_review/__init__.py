"""方針見直し: the yearly review of support policies at one desk."""
