"""Whether a proposed row of the tables that visit planning reads can be taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.need_points import NeedRule
from desktop.domain.planning_settings import BETWEEN, PlanningWeights, TravelSettings
from desktop.domain.short_messages import ColumnHolds, unknown_message_slots
from desktop.domain.template_slots import slot_names
from desktop.domain.working_time import MOST_MINUTES, Half

_PLACE = re.compile(r"[0-9]{2}")
_LAST_DAY, _MOST_OPEN_DAYS, _MOST_LEG, _STRAIGHT = 31, 10, 600, 100
_KEYS: Mapping[str, frozenset[str]] = {
    Master.VISIT_HALF_DAYS: frozenset(Half),
    Master.NEED_POINTS: frozenset(NeedRule),
    Master.TRAVEL_SETTINGS: frozenset(f.name for f in fields(TravelSettings))
    - {"district_minutes"},
    Master.SMS_GATEWAY: frozenset({"gateway"}),
    Master.PLANNING_WEIGHTS: frozenset(f.name for f in fields(PlanningWeights)),
}
#: Numbers that the program cannot go without.
_KEPT = frozenset({Master.TRAVEL_SETTINGS, Master.PLANNING_WEIGHTS})
#: Numbers that something is divided by.
_NOT_ZERO = frozenset({"bicycle_kmh", "car_kmh", "load_percent"})


def visit_key_error(given: MasterInput) -> str:
    """What is wrong with a key of these tables, "" if nothing."""
    if given.table in _KEYS and given.key not in _KEYS[given.table]:
        return "この項目はありません。一覧にあるコードを使ってください。"
    if given.table in _KEPT and given.is_retired:
        return "この値は終わらせられません。値を変えてください。"
    if given.table == Master.SMS_COLUMNS and not _PLACE.fullmatch(given.key):
        return "列の順を2桁の数字で入力してください（例：01）。"
    if given.table == Master.DISTRICT_MINUTES:
        one, between, other = given.key.partition(BETWEEN)
        if not (one and between and other) or BETWEEN in other:
            return "地区コードを「・」でつないでください（例：01・02、office・01）。"
    return ""


def visit_value_errors(table: str, key: str, value: Mapping[str, object]) -> dict[str, str]:
    """Field → sentence for numbers that cannot be."""
    match table:
        case Master.VISIT_HALF_DAYS if int(str(value["minutes"])) > MOST_MINUTES:
            return {"minutes": f"{MOST_MINUTES}分までにしてください。"}
        case Master.VISIT_OFFICE_DAYS:
            return _between(value, day_of_month=_LAST_DAY, open_days=_MOST_OPEN_DAYS)
        case Master.DISTRICT_MINUTES if int(str(value["minutes"])) > _MOST_LEG:
            return {"minutes": f"{_MOST_LEG}分までにしてください。"}
        case Master.NEED_POINTS if not value["step"]:
            return {"step": "1以上にしてください。"}
        case Master.TRAVEL_SETTINGS | Master.PLANNING_WEIGHTS:
            return _number_error(key, int(str(value["number"])))
    return _message_errors(table, value)


def _message_errors(table: str, value: Mapping[str, object]) -> dict[str, str]:
    if table not in {Master.SMS_GATEWAY, Master.SMS_COLUMNS}:
        return {}
    if table == Master.SMS_COLUMNS:
        is_missing = value["holds"] == ColumnHolds.FIXED and not value["fixed"]
        return {"fixed": "この列に入れる文字を入力してください。"} if is_missing else {}
    unknown = unknown_message_slots(slot_names(str(value["text"])))
    return {"text": f"「{unknown[0]}」は差し込めません。"} if unknown else {}


def _between(value: Mapping[str, object], **most: int) -> dict[str, str]:
    return {
        name: f"1から{last}までの数にしてください。"
        for name, last in most.items()
        if not 1 <= int(str(value[name])) <= last
    }


def _number_error(key: str, number: int) -> dict[str, str]:
    if key in _NOT_ZERO and number == 0:
        return {"number": "1以上にしてください。"}
    if key == "detour_percent" and number < _STRAIGHT:
        return {"number": f"{_STRAIGHT}以上にしてください（{_STRAIGHT}は直線距離です）。"}
    return {}
