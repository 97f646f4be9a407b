"""Whether a proposed row of the tables of support plans, effort and key figures can be taken."""

from __future__ import annotations

import re

from desktop.database.shipped import shipped_rows
from desktop.domain.kpis import Kpi
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput

#: A figure and a fiscal year.
TARGET_KEY = re.compile(rf"({'|'.join(Kpi)})[.]20[0-9][0-9]")


def plan_key_error(given: MasterInput) -> str:
    """What is wrong with a key, "" if nothing: outcomes are reworded, but none is added and none ends."""
    if given.table != Master.SUPPORT_OUTCOMES:
        return _effort_key_error(given)
    if given.key not in {row.key for row in shipped_rows(Master.SUPPORT_OUTCOMES)}:
        return "このコードはありません。一覧にあるコードを使ってください。"
    return "この値は終わらせられません。名称を変えてください。" if given.is_retired else ""


def _effort_key_error(given: MasterInput) -> str:
    match given.table:
        case Master.STANDARD_MINUTES | Master.KPI_GROUPS:
            known = {row.key for row in shipped_rows(Master(given.table))}
            return (
                ""
                if given.key in known
                else "このコードはありません。一覧にあるコードを使ってください。"
            )
        case Master.KPI_TARGETS if not TARGET_KEY.fullmatch(given.key):
            return "指標のコードと年度を「.」でつないでください（例：participation.2025）。"
    return ""
