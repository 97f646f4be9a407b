"""The yearly review of support policies (方針見直し)."""

from desktop.services.policy_review.service import PolicyReviewService

__all__ = ["PolicyReviewService"]
