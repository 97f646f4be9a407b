"""What the monthly papers read of the office data in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.card_languages import SENTENCES, CardLanguage
from desktop.domain.master_tables import Master
from desktop.domain.monthly_papers import Ladder, MonthlyPaper, PaperReason, PaperWhy
from desktop.domain.monthly_replacements import PaperReplacement
from desktop.domain.wording import WORD_SEPARATOR
from desktop.models.masters import MasterValue
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


def card_languages(session: Session, office_id: UUID, on: date) -> tuple[CardLanguage, ...]:
    """In which words a card can speak beside the usual ones, by name."""
    rows = in_force(session, office_id, Master.CARD_LANGUAGES, on)
    unsure = _unconfirmed(session, office_id, Master.CARD_LANGUAGES, on)
    found = (
        CardLanguage(
            code=code,
            label=str(value["label"]),
            has_readings=value.get("has_readings") is True,
            confirmed=code not in unsure,
            sentences={name: str(value.get(name) or "") for name in SENTENCES},
        )
        for code, value in rows.items()
    )
    return tuple(sorted(found, key=lambda language: (not language.has_readings, language.code)))


def _unconfirmed(session: Session, office_id: UUID, table: Master, on: date) -> set[str]:
    """Keys whose value in force is not confirmed (未確認)."""
    m = MasterValue
    rows = session.execute(
        select(m.key, m.confirmed)
        .where(
            m.office_id == office_id,
            m.table_name == table,
            m.approved_at.is_not(None),
            m.valid_from <= on,
        )
        .order_by(m.valid_from, m.approved_at, m.id)
    )
    newest = {row.key: row.confirmed for row in rows}
    return {key for key, is_confirmed in newest.items() if not is_confirmed}


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
