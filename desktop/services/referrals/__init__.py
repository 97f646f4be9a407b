"""Requests to Hello Work (支援要請) and what came back."""

from desktop.services.referrals.service import ReferralService

__all__ = ["ReferralService"]
