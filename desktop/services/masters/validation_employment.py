"""Whether a proposed row of the tables that estimates about work read can be taken."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput

#: Table and lowest income of a band; the how many-th month of work.
BAND_KEY = re.compile(r"[12]\.(0|[1-9][0-9]{0,7})")
RATE_KEY = re.compile("[1-9][0-9]?")
_FLOOR_MODE = "jiritsu.floor_mode"
_FLOOR_MODES = ("none", "add", "max")
_MOST_PERCENT = 100


def work_key_error(given: MasterInput) -> str:
    """What is wrong with a key of these tables, "" if nothing."""
    match given.table:
        case Master.WORK_PARAMETERS:
            known = {row.key for row in shipped_rows(Master.WORK_PARAMETERS)}
            return (
                ""
                if given.key in known
                else "この項目はありません。一覧にあるコードを使ってください。"
            )
        case Master.WORK_DEDUCTIONS if not BAND_KEY.fullmatch(given.key):
            return "表と下限額を「.」でつないでください（例：1.15200、2.0）。"
        case Master.WORK_GRANT_RATES if not RATE_KEY.fullmatch(given.key):
            return "1から99までの月数にしてください。"
    return ""


def work_value_errors(table: str, key: str, value: Mapping[str, object]) -> dict[str, str]:
    """Field → sentence for values that cannot be."""
    if table == Master.WORK_PARAMETERS and key == _FLOOR_MODE:
        word = str(value["word"])
        return (
            {}
            if word in ("", *_FLOOR_MODES)
            else {"word": "none、add、maxのどれかにしてください。"}
        )
    if table == Master.WORK_GRANT_RATES and int(str(value["percent"])) > _MOST_PERCENT:
        return {"percent": f"{_MOST_PERCENT}までにしてください。"}
    return {}
