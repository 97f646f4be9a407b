"""Handover sheets (引継票): what the next caseworker of a household has to know on one page."""

from desktop.services.handover_sheets.gathering import handover_sheet

__all__ = ["handover_sheet"]
