"""The tables, one file per family. Importing this package registers every table on `Base.metadata`."""

from desktop.models import approvals, households, imports, ledger, masters, office, records, todos
from desktop.models.base import Base

__all__ = [
    "Base",
    "approvals",
    "households",
    "imports",
    "ledger",
    "masters",
    "office",
    "records",
    "todos",
]
