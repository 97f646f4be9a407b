"""Whether a proposed row of office data can be taken: types by the table's fields, then what the tables owe each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date

from desktop.database.shipped import shipped_rows
from desktop.domain.declarations import CYCLE_MONTHS
from desktop.domain.disposal import APPLICATION_ONLY, CARRIED_OUT, CLOSED_CASE
from desktop.domain.master_tables import Master
from desktop.domain.master_tables_grades import BY_HAND
from desktop.domain.masters import FieldKind, MasterField, MasterInput, MasterTable
from desktop.domain.other_programmes import NO_LIMIT
from desktop.domain.phrases import code_error, slot_error
from desktop.domain.policy_events import NUMBERED, EventSource
from desktop.domain.readings import is_reading, is_word
from desktop.domain.template_slots import SLOTS, unknown_slots
from desktop.domain.thresholds import Thresholds
from desktop.domain.visit_grades import BY_POLICY, MOST_VISITS
from desktop.services.masters.validation_assessments import assessment_key_error
from desktop.services.masters.validation_employment import work_key_error
from desktop.services.masters.validation_monthly import monthly_key_error
from desktop.services.masters.validation_plans import plan_key_error
from desktop.services.masters.validation_ticks import tick_key_error
from desktop.services.masters.validation_visits import visit_key_error

_ROUTED_SUBJECT = "entry"
_BAD_CYCLE = "1・2・3・4・6・12のどれかにしてください。12か月より長い周期は使えません。"
_RETENTION_CLASSES = (CLOSED_CASE, APPLICATION_ONLY, CARRIED_OUT)
_LAST_MONTH = 12


def cleaned(table: MasterTable, value: Mapping[str, object]) -> dict[str, object]:
    """The value with exactly the table's fields; texts without outer white space, empty ones filled in."""
    return {field.name: _clean(field, value.get(field.name)) for field in table.fields}


def value_errors(table: MasterTable, value: Mapping[str, object]) -> dict[str, str]:
    """Field → sentence for every value that does not fit its field."""
    errors = {field.name: _field_error(field, value[field.name]) for field in table.fields}
    return {name: sentence for name, sentence in errors.items() if sentence}


def key_error(given: MasterInput, *, kinds: Collection[str]) -> str:
    """What is wrong with the key, "" if nothing. `kinds` are the codes of the entry kinds in force."""
    match given.table:
        case Master.HOLIDAYS:
            return "" if _is_day(given.key) else "年月日を 2024-12-29 の形で入力してください。"
        case Master.THRESHOLDS:
            return _threshold_key_error(given)
        case Master.TEMPLATES:
            return "" if given.key in kinds else "記録種別のコードを入力してください。"
        case Master.ROUTES:
            subject, _, kind = given.key.partition(".")
            fits = subject == _ROUTED_SUBJECT and (not kind or kind in kinds)
            return "" if fits else "entry または entry.種別コード を入力してください。"
        case Master.READINGS | Master.RETENTION | Master.PHRASES:
            return _word_error(given)
        case _:
            return (
                visit_key_error(given)
                or assessment_key_error(given)
                or work_key_error(given)
                or plan_key_error(given)
                or monthly_key_error(given)
                or tick_key_error(given)
                or _grade_key_error(given)
            )


def reference_errors(
    table: str, value: Mapping[str, object], *, results: Collection[str]
) -> dict[str, str]:
    """Field → sentence where a value names something that is not in force. `results` are the result codes."""
    errors: dict[str, str] = {}
    match table:
        case Master.ENTRY_KINDS:
            errors = _entry_kind_errors(value, results)
        case Master.TEMPLATES:
            errors = _slot_errors(value)
        case Master.PHRASES:
            errors = _phrase_errors(value)
        case Master.READINGS if not is_reading(str(value["reading"])):
            errors = {"reading": "ひらがなで入力してください。"}
        case Master.OTHER_PROGRAMMES:
            errors = _age_errors(value)
        case Master.RETENTION if not value["years"]:
            errors = {"years": "1年以上にしてください。"}
        case Master.DECLARATION_CYCLES if value["months"] not in CYCLE_MONTHS:
            errors = {"months": _BAD_CYCLE}
        case Master.VISIT_GRADES if int(str(value["visits_per_year"])) > MOST_VISITS:
            errors = {"visits_per_year": f"年{MOST_VISITS}回までにしてください。"}
        case Master.GRADE_REASONS:
            errors = _reason_errors(value)
    return errors


def floor_errors(given: MasterInput, value: Mapping[str, object]) -> dict[str, str]:
    """Field → sentence where a floor would be lower than the law, which came with the program."""
    if given.table != Master.VISIT_FLOORS:
        return {}
    law = next((row.value for row in shipped_rows(Master.VISIT_FLOORS) if row.key == given.key), {})
    errors = {}
    visits, within = law.get("visits_per_year"), law.get("within_days")
    if visits is not None and not int(str(visits)) <= int(str(value["visits_per_year"])):
        errors["visits_per_year"] = f"法定の下限（年{visits}回）より少なくはできません。"
    if within and not 1 <= int(str(value["within_days"] or 0)) <= int(str(within)):
        errors["within_days"] = f"法定の{within}日より長くはできません。"
    return errors


def _grade_key_error(given: MasterInput) -> str:
    """Floors and the way of counting all came with the program: none is added, none ends. Others take any key."""
    if given.table == Master.GRADE_REASONS and given.is_retired and given.key == BY_POLICY:
        return "援助方針の決裁が使う理由です。終わらせられません。"
    if given.table not in {Master.VISIT_FLOORS, Master.VISIT_COUNTING}:
        return ""
    if given.key not in {row.key for row in shipped_rows(Master(given.table))}:
        return "このコードはありません。"
    return "この値は終わらせられません。値を変えてください。" if given.is_retired else ""


def _reason_errors(value: Mapping[str, object]) -> dict[str, str]:
    if value["reads"] == BY_HAND:
        return {}
    errors = {
        name: sentence
        for name, sentence in (
            ("number", "期限を入力してください。"),
            ("term", "単位を選んでください。"),
        )
        if value[name] in ("", 0)
    }
    source, at = EventSource(str(value["reads"])), int(str(value["at"] or 0))
    if source in NUMBERED and not at:
        errors["at"] = f"「{NUMBERED[source]}」の数を入力してください。"
    if source is EventSource.YEARLY and at > _LAST_MONTH:
        errors["at"] = "1から12までの月を入力してください。"
    return errors


def _word_error(given: MasterInput) -> str:
    if given.table == Master.PHRASES:
        return code_error(given.key)
    if given.table == Master.READINGS:
        return "" if is_word(given.key) else "漢字で始まる言葉を入力してください。"
    return "" if given.key in _RETENTION_CLASSES else "この区分はありません。"


def _threshold_key_error(given: MasterInput) -> str:
    if given.key not in {f.name for f in fields(Thresholds)}:
        return "このしきい値はありません。"
    return "しきい値は終わらせられません。値を変えてください。" if given.is_retired else ""


def _entry_kind_errors(value: Mapping[str, object], results: Collection[str]) -> dict[str, str]:
    codes = [str(code) for code in _list(value["result_codes"])]
    errors = {}
    if unknown := [code for code in codes if code not in results]:
        errors["result_codes"] = f"結果コード「{unknown[0]}」がありません。"
    if value["default_result"] and value["default_result"] not in codes:
        errors["default_result"] = "使う結果コードの中から選んでください。"
    return errors


def _age_errors(value: Mapping[str, object]) -> dict[str, str]:
    first, last = (int(str(value[name])) for name in ("from_age", "to_age"))
    fits = last == NO_LIMIT or first <= last
    return {} if fits else {"to_age": "「何歳から」より上の年齢にしてください。"}


def _slot_errors(value: Mapping[str, object]) -> dict[str, str]:
    usable = " ".join(f"{{{slot}}}" for slot in SLOTS)
    return {
        name: f"「{unknown[0]}」は使えません。使えるのは {usable} です。"
        for name, text in value.items()
        if (unknown := unknown_slots(str(text)))
    }


def _phrase_errors(value: Mapping[str, object]) -> dict[str, str]:
    errors = {"text": slot_error(str(value["text"]))}
    if value["reading"]:
        errors["reading"] = code_error(str(value["reading"]))
    return {name: sentence for name, sentence in errors.items() if sentence}


def _clean(field: MasterField, given: object) -> object:
    if given is None:
        return field.blank
    if isinstance(given, str):
        return given.strip()
    return list(given) if isinstance(given, tuple | list) else given


def _field_error(field: MasterField, given: object) -> str:
    if given in ("", []):
        return f"{field.label}を入力してください。" if field.required else ""
    if field.kind is FieldKind.CODES:
        return _codes_error(field, given)
    fits, sentence = {
        FieldKind.NUMBER: (_is_count(given), "0以上の整数を入力してください。"),
        FieldKind.YES_NO: (isinstance(given, bool), "はい・いいえで答えてください。"),
        FieldKind.CHOICE: (given in {c for c, _ in field.choices}, "一覧から選んでください。"),
        FieldKind.DAY: (_is_day(given), "日付を入力してください。"),
        FieldKind.TEXT: (isinstance(given, str), "文字で入力してください。"),
    }[field.kind]
    return "" if fits else sentence


def _is_count(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0


def _codes_error(field: MasterField, given: object) -> str:
    codes = _list(given)
    if not codes or not all(isinstance(code, str) and code for code in codes):
        return "コードを並べて入力してください。"
    if len(set(codes)) < len(codes):
        return "同じコードが2回あります。"
    allowed = {code for code, _ in field.choices}
    return "一覧から選んでください。" if allowed and not set(codes) <= allowed else ""


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else []


def _is_day(given: object) -> bool:
    try:
        return date.fromisoformat(str(given)).isoformat() == given
    except ValueError:
        return False
