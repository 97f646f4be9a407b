"""Blind double checks (二重確認): a second caseworker answers decided cases without seeing the first answers."""

from desktop.services.blind_checks.service import BlindCheckService

__all__ = ["BlindCheckService"]
