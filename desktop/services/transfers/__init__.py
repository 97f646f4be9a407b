"""Transfers (移管): a household moves into another office's area, and nobody is lost between."""

from desktop.services.transfers.service import TransferService

__all__ = ["TransferService"]
