"""What the monthly papers read of the office data in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.monthly_papers import Ladder, MonthlyPaper, PaperReason, PaperWhy
from desktop.domain.monthly_replacements import PaperReplacement
from desktop.domain.wording import WORD_SEPARATOR
from desktop.services.masters.lookup import in_force


def monthly_papers(session: Session, office_id: UUID, on: date) -> tuple[MonthlyPaper, ...]:
    """The papers in the office's order."""
    rows = in_force(session, office_id, Master.MONTHLY_PAPERS, on)
    found = (_paper(code, value) for code, value in rows.items())
    return tuple(sorted(found, key=lambda paper: (paper.order, paper.code)))


def monthly_reasons(session: Session, office_id: UUID, on: date) -> tuple[PaperReason, ...]:
    """Why a paper has not come, in the office's order."""
    rows = in_force(session, office_id, Master.MONTHLY_REASONS, on)
    ordered = sorted(rows.items(), key=lambda row: (_number(row[1], "order"), row[0]))
    return tuple(
        PaperReason(
            code=code, label=str(value["label"]), asks_safety=value.get("asks_safety") is True
        )
        for code, value in ordered
    )


def monthly_number(session: Session, office_id: UUID, on: date, key: str) -> int:
    """One of the office's days or months; the shipped one where the office has no row."""
    rows = in_force(session, office_id, Master.MONTHLY_NUMBERS, on)
    if key in rows:
        return _number(rows[key], "number")
    return next(
        _number(row.value, "number")
        for row in shipped_rows(Master.MONTHLY_NUMBERS)
        if row.key == key
    )


def ladder(session: Session, office_id: UUID, on: date) -> Ladder:
    """The days of the reminders."""

    def number(key: str) -> int:
        return monthly_number(session, office_id, on, key)

    return Ladder(
        soon_days=number("soon_days"),
        ask_days=number("ask_days"),
        tell_days=number("tell_days"),
        in_a_row=number("in_a_row"),
    )


def paper_replacements(session: Session, office_id: UUID, on: date) -> tuple[PaperReplacement, ...]:
    """Which papers the supporter's log may stand for."""
    rows = in_force(session, office_id, Master.MONTHLY_REPLACEMENTS, on)
    return tuple(
        PaperReplacement(
            paper=str(value["paper"]),
            groups=_codes(value, "groups"),
            kinds=frozenset(filter(None, str(value.get("kinds") or "").split(WORD_SEPARATOR))),
            acts=_number(value, "acts"),
            only_supporters=value.get("only_supporters") is True,
        )
        for _, value in sorted(rows.items())
    )


def _paper(code: str, value: Mapping[str, object]) -> MonthlyPaper:
    return MonthlyPaper(
        code=code,
        label=str(value["label"]),
        paper_kind=str(value["paper_kind"]),
        why=PaperWhy(str(value["why"])),
        due_day=_number(value, "due_day"),
        order=_number(value, "order"),
        groups=_codes(value, "groups"),
        short_groups=_codes(value, "short_groups"),
    )


def _codes(value: Mapping[str, object], name: str) -> frozenset[str]:
    return frozenset(cast("list[str]", value.get(name) or []))


def _number(value: Mapping[str, object], name: str) -> int:
    return int(str(value.get(name) or 0))
