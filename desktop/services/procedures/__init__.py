"""Procedures that the law asks the office for (手続)."""

from desktop.services.procedures.service import ProcedureService

__all__ = ["ProcedureService"]
