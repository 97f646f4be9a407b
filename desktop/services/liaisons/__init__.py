"""Whom to ring about a household (関係先), and whom nobody rings."""

from desktop.services.liaisons.service import LiaisonService

__all__ = ["LiaisonService"]
