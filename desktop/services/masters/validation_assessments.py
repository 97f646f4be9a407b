"""Whether a proposed row of the tables of assessments and support groups can be taken."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.support_groups import table_errors
from desktop.services.masters.lookup_assessments import rule_of

#: Tables whose codes the program knows: reworded, but none added and none ended.
_FIXED = frozenset(
    {
        *(Master.SUPPORT_GROUPS, Master.ASSESSMENT_ANCHORS, Master.ASSESSMENT_NUMBERS),
        Master.GUIDANCE_NUMBERS,
    }
)
_MOST_MONTHS, _LEAST_HORIZON, _MOST_HORIZON = 24, 3, 24


def assessment_key_error(given: MasterInput) -> str:
    """What is wrong with a key of these tables, "" if nothing."""
    if given.table not in _FIXED:
        return ""
    if given.key not in {row.key for row in shipped_rows(Master(given.table))}:
        return "このコードはありません。一覧にあるコードを使ってください。"
    return "この値は終わらせられません。値を変えてください。" if given.is_retired else ""


def assessment_value_errors(
    given: MasterInput, value: Mapping[str, object], rules: Mapping[str, Mapping[str, object]]
) -> dict[str, str]:
    """Field → sentence where a value cannot be, or the decision table would not decide every case.

    `rules` are the rows of the decision table in force on the row's day.
    """
    match given.table:
        case Master.SUPPORT_GROUPS if not 1 <= int(str(value["review_months"])) <= _MOST_MONTHS:
            return {"review_months": f"1から{_MOST_MONTHS}までの月数にしてください。"}
        case Master.ASSESSMENT_NUMBERS | Master.GUIDANCE_NUMBERS:
            return _number_error(given.key, int(str(value["number"])))
        case Master.GROUP_RULES:
            return _rule_error(given, value, rules)
    return {}


def retired_rule_error(given: MasterInput, rules: Mapping[str, Mapping[str, object]]) -> str:
    """What is wrong with ending a rule of the decision table, "" if nothing."""
    if given.table != Master.GROUP_RULES or not given.is_retired:
        return ""
    left = [rule_of(key, row) for key, row in rules.items() if key != given.key]
    return " ".join(table_errors(left))


def _rule_error(
    given: MasterInput, value: Mapping[str, object], rules: Mapping[str, Mapping[str, object]]
) -> dict[str, str]:
    others = [rule_of(key, row) for key, row in rules.items() if key != given.key]
    errors = table_errors([*others, rule_of(given.key, value)])
    return {"order": " ".join(errors)} if errors else {}


def _number_error(key: str, number: int) -> dict[str, str]:
    if key == "horizon" and not _LEAST_HORIZON <= number <= _MOST_HORIZON:
        return {"number": f"{_LEAST_HORIZON}から{_MOST_HORIZON}までの月数にしてください。"}
    return {} if number else {"number": "1以上にしてください。"}
