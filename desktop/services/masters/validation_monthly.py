"""Whether a proposed row of the tables of monthly papers can be taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop.database.shipped import shipped_rows
from desktop.domain.declarations import PAPER_KIND
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.monthly_papers import INCOME_COLUMN, PaperWhy

_LAST_DAY, _MOST_DAYS, _MOST_MONTHS = 31, 180, 12
_MOST_ACTS = 31
_MONTHS = "in_a_row"


def monthly_key_error(given: MasterInput) -> str:
    """What is wrong with a key of these tables, "" if nothing."""
    if given.table == Master.MONTHLY_PAPERS and given.key == INCOME_COLUMN:
        return "収入申告は「申告の周期」で決まります。別のコードにしてください。"
    if given.table != Master.MONTHLY_NUMBERS:
        return ""
    if given.key not in {row.key for row in shipped_rows(Master.MONTHLY_NUMBERS)}:
        return "このコードはありません。一覧にあるコードを使ってください。"
    return "この値は終わらせられません。値を変えてください。" if given.is_retired else ""


def monthly_value_errors(
    given: MasterInput,
    value: Mapping[str, object],
    paper_kinds: Collection[str],
    papers: Collection[str],
) -> dict[str, str]:
    """Field → sentence where a value cannot be. `paper_kinds` are the kinds of received papers in force, `papers` the monthly papers."""
    if given.table == Master.MONTHLY_NUMBERS:
        return _number_error(given.key, int(str(value["number"])))
    if given.table == Master.MONTHLY_REPLACEMENTS:
        return _replacement_errors(value, papers)
    if given.table != Master.MONTHLY_PAPERS:
        return {}
    errors = {}
    kind = str(value["paper_kind"])
    if kind in PAPER_KIND.values():
        errors["paper_kind"] = "申告書は「申告の周期」で見ます。別の種類にしてください。"
    elif kind not in paper_kinds:
        errors["paper_kind"] = "受領書類の種類にあるコードを入力してください。"
    if not 1 <= int(str(value["due_day"])) <= _LAST_DAY:
        errors["due_day"] = f"1から{_LAST_DAY}までの日にしてください。"
    if value["why"] == PaperWhy.GROUP and not value["groups"]:
        errors["groups"] = "支援区分を一つ以上選んでください。"
    return errors


def _replacement_errors(value: Mapping[str, object], papers: Collection[str]) -> dict[str, str]:
    errors = {}
    if value["paper"] not in papers:
        errors["paper"] = "毎月の書類にあるコードを入力してください。"
    if not value["groups"]:
        errors["groups"] = "支援区分を一つ以上選んでください。"
    if not 0 <= int(str(value["acts"])) <= _MOST_ACTS:
        errors["acts"] = f"0から{_MOST_ACTS}までの件数にしてください。"
    return errors


def _number_error(key: str, number: int) -> dict[str, str]:
    if key == _MONTHS:
        fits, most = 2 <= number <= _MOST_MONTHS, f"2から{_MOST_MONTHS}までの月数"  # noqa: PLR2004
    else:
        fits, most = number <= _MOST_DAYS, f"{_MOST_DAYS}日まで"
    return {} if fits else {"number": f"{most}にしてください。"}
