"""Received papers (受領書類): taken in at the counter, in the pool until they are settled."""

from desktop.services.papers.service import PaperService

__all__ = ["PaperService"]
