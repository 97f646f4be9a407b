"""The search over everything that was written (検索)."""
