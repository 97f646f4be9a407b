"""Whether a proposed row of the tables of support plans can be taken."""

from __future__ import annotations

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput


def plan_key_error(given: MasterInput) -> str:
    """What is wrong with a key, "" if nothing: outcomes are reworded, but none is added and none ends."""
    if given.table != Master.SUPPORT_OUTCOMES:
        return ""
    if given.key not in {row.key for row in shipped_rows(Master.SUPPORT_OUTCOMES)}:
        return "このコードはありません。一覧にあるコードを使ってください。"
    return "この値は終わらせられません。名称を変えてください。" if given.is_retired else ""
