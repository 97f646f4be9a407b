"""The tables, one file per family. Importing this package registers every table on `Base.metadata`."""

from desktop.models import (
    accounts,
    approvals,
    attachments,
    declarations,
    disposal,
    households,
    imports,
    ledger,
    masters,
    office,
    online_applications,
    papers,
    policy_duties,
    policy_impacts,
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
    "declarations",
    "disposal",
    "households",
    "imports",
    "ledger",
    "masters",
    "office",
    "online_applications",
    "papers",
    "policy_duties",
    "policy_impacts",
    "records",
    "support_policies",
    "todos",
]
