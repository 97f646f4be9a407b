"""Entries of the case record: reading, writing, submitting, and the three ways to change what was approved."""

from desktop.services.records.agencies import AgencyContactService
from desktop.services.records.drafting import DraftingService
from desktop.services.records.service import RecordService
from desktop.services.records.subject import EntrySubject
from desktop.services.records.ticks import TickService

__all__ = [
    "AgencyContactService",
    "DraftingService",
    "EntrySubject",
    "RecordService",
    "TickService",
]
