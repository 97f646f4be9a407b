"""Inquiries to others (関係先調査): the register, the inquiries of a file, their way from the draft to the check."""

from desktop.services.inquiries.service import InquiryService

__all__ = ["InquiryService"]
