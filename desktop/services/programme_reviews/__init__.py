"""Yearly reviews of programmes (事業の見直し) and the promotion plan (就労支援促進計画)."""

from desktop.services.programme_reviews.service import ProgrammeReviewService

__all__ = ["ProgrammeReviewService"]
