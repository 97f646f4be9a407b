"""The tables, one file per family. Importing this package registers every table on `Base.metadata`."""

from desktop.models import (
    accounts,
    approvals,
    attachments,
    disposal,
    households,
    imports,
    ledger,
    masters,
    office,
    papers,
    records,
    support_policies,
    todos,
)
from desktop.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "approvals",
    "attachments",
    "disposal",
    "households",
    "imports",
    "ledger",
    "masters",
    "office",
    "papers",
    "records",
    "support_policies",
    "todos",
]
