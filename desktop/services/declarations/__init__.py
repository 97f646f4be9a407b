"""Declarations due (申告の期限管理): the board of a caseworker, receipts, reasons, cycles."""

from desktop.services.declarations.service import DeclarationService, TakenIn

__all__ = ["DeclarationService", "TakenIn"]
