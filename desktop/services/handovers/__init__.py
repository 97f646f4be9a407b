"""Handover (担当替え): districts get another caseworker from a day on, and nothing of their households is lost."""

from desktop.services.handovers.service import HandoverService

__all__ = ["HandoverService"]
