"""The search over everything that was written (全文検索), and the searches one saved."""

from desktop.services.search.saved import SavedSearchService
from desktop.services.search.service import SearchService

__all__ = ["SavedSearchService", "SearchService"]
