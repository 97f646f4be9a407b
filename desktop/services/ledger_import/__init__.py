"""Taking over the ledger (台帳取込): read a vendor's file, compare it with what is stored, take it in all or nothing."""

from __future__ import annotations

from desktop.services.ledger_import.mapping import load_mapping, shipped_mappings
from desktop.services.ledger_import.service import LedgerImport

__all__ = ["LedgerImport", "load_mapping", "shipped_mappings"]
