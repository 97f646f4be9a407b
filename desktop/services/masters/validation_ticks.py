"""Whether a proposed row of the tables of ticks (チェック→文) can be taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.ticks import (
    ANSWER_SEPARATOR,
    MOST_ANSWERS,
    PLAIN,
    STYLED,
    TOPIC,
    parse_answers,
)

_LETTER = re.compile(r"[A-Za-z]")
_ONE_SLOT = "{文}か{普通形}を一つ入れてください。"
_ONE_TOPIC = "{項目}を一つ入れてください。"


def tick_key_error(given: MasterInput) -> str:
    """What is wrong with a key of these tables, "" if nothing: the style has one row, which does not end."""
    if given.table != Master.TICK_STYLE:
        return ""
    if given.key not in {row.key for row in shipped_rows(Master.TICK_STYLE)}:
        return "このコードはありません。office の値を変えてください。"
    return "この値は終わらせられません。値を変えてください。" if given.is_retired else ""


def tick_value_errors(
    given: MasterInput, value: Mapping[str, object], sources: Collection[str]
) -> dict[str, str]:
    """Field → sentence where a value cannot be. `sources` are the sources in force."""
    match given.table:
        case Master.TICK_SUBJECTS:
            return _subject_errors(value, sources)
        case Master.TICK_SOURCES:
            return _source_errors(value)
        case Master.TICK_STYLE:
            names = ("not_confirmed_plain", "not_confirmed_polite")
            return {name: _ONE_TOPIC for name in names if str(value[name]).count(TOPIC) != 1}
    return {}


def _subject_errors(value: Mapping[str, object], sources: Collection[str]) -> dict[str, str]:
    errors = {}
    text = str(value["answers"])
    answers = parse_answers(text)
    if any(ANSWER_SEPARATOR not in line for line in text.splitlines() if line.strip()):
        errors["answers"] = f"1行に「短い言葉{ANSWER_SEPARATOR}文」の形で入力してください。"
    elif len(answers) > MOST_ANSWERS:
        errors["answers"] = f"答えは{MOST_ANSWERS}行までです。"
    elif any(
        a.clause.count("{") > 1 or a.clause.count("{") != a.clause.count("}") for a in answers
    ):
        errors["answers"] = "{ }の書込みは、一つの答えに一つまでです。"
    if value["usual_source"] not in sources:
        errors["usual_source"] = "チェックの出所にあるコードを入力してください。"
    return errors


def _source_errors(value: Mapping[str, object]) -> dict[str, str]:
    errors = {}
    if not _LETTER.fullmatch(str(value["letter"])):
        errors["letter"] = "半角の英字1字にしてください。"
    for name in ("plain", "polite"):
        text = str(value[name])
        if text.count(PLAIN) + text.count(STYLED) != 1:
            errors[name] = _ONE_SLOT
    return errors
