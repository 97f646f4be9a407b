"""The section 訪問の都合 of a household's file."""
