"""Stored values as a person reads them: codes by their labels, days and instants as the office writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from desktop.domain.approvals import MOVES, Shown, StepState
from desktop.domain.entries import format_time
from desktop.domain.era import format_date
from desktop.domain.labels import APPROVAL_STATE, CHANGE, ENTRY_STATE, METHOD, PLACE, SEGMENT
from desktop.domain.records import (
    EntryOrigin,
)
from desktop.domain.roles import ROLE_LABELS
from desktop.viewmodels.records_text import instant_text

#: Labels of the office's own codes: (column, code) -> label.
Codes = Mapping[tuple[str, str], str]
Code = TypeVar("Code", bound=StrEnum)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})")
_YES_NO = {"true": "はい", "false": "いいえ"}
_STEP_STATE = {
    StepState.OPEN: "未決裁",
    StepState.APPROVED: "承認",
    StepState.APPROVED_FOR: "代決（後閲待ち）",
    StepState.INSPECTED: "後閲済",
    StepState.READ: "供覧済",
}
_SHOWN = {Shown.READ: "開いて読んだ", Shown.LIST: "一覧で見た"}
_ORIGIN = {EntryOrigin.OFFICE: "この福祉事務所", EntryOrigin.LEGACY: "旧システム"}


def _labels(labels: Mapping[Code, str]) -> Mapping[str, str]:
    return {code.value: label for code, label in labels.items()}


_BY_COLUMN: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("entry", "state"): _labels(ENTRY_STATE),
    ("entry", "change"): _labels(CHANGE),
    ("entry", "origin"): _labels(_ORIGIN),
    ("segment", "kind"): _labels(SEGMENT),
    ("contact", "method"): _labels(METHOD),
    ("contact", "place"): _labels(PLACE),
    ("approval", "state"): _labels(APPROVAL_STATE),
    ("approval", "position"): _labels(ROLE_LABELS),
    ("approval_step", "position"): _labels(ROLE_LABELS),
    ("approval_step", "state"): _labels(_STEP_STATE),
    ("approval_step", "shown"): _labels(_SHOWN),
    ("approval_move", "move"): _labels({move: rule.label for move, rule in MOVES.items()}),
}


def value_text(table: str, column: str, value: str, codes: Codes) -> str:
    """The value in words; what no list knows stays as it is stored."""
    known = _BY_COLUMN.get((table, column), {}).get(value) or codes.get((column, value))
    if known:
        return known
    if column in {"started_at", "ended_at"} and value.isdigit():
        return format_time(int(value))
    return next((write(value) for form, write in _FORMS if form(value)), value)


def is_blank(value: str | None) -> bool:
    """Whether a new row says nothing by it."""
    return value in {None, "", "false"}


_FORMS: tuple[tuple[Callable[[str], object], Callable[[str], str]], ...] = (
    (_YES_NO.__contains__, _YES_NO.__getitem__),
    (_DAY.fullmatch, lambda value: format_date(date.fromisoformat(value))),
    (_INSTANT.fullmatch, lambda value: instant_text(datetime.fromisoformat(value))),
)
