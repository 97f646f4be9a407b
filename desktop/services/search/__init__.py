"""The search over everything that was written (全文検索)."""

from desktop.services.search.service import SearchService

__all__ = ["SearchService"]
