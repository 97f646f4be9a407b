"""Disclosure requests (開示請求): taken in, marked, looked at a second time, moved on."""

from desktop.services.disclosures.service import DisclosureService

__all__ = ["DisclosureService"]
