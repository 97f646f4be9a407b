"""What ticks that become sentences read of the office data in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.records import SegmentKind
from desktop.domain.ticks import (
    ClauseEnding,
    Ending,
    Joining,
    TickSheet,
    TickSource,
    TickStyle,
    TickSubject,
    parse_answers,
)
from desktop.services.masters.lookup import Values, in_force


def tick_sheet(session: Session, office_id: UUID, on: date) -> TickSheet:
    """Everything that can be ticked, in the office's order, and the grammar."""
    return sheet_of(
        in_force(session, office_id, Master.TICK_SUBJECTS, on),
        in_force(session, office_id, Master.TICK_SOURCES, on),
        in_force(session, office_id, Master.TICK_ENDINGS, on),
        in_force(session, office_id, Master.TICK_STYLE, on),
    )


def tick_subjects(session: Session, office_id: UUID, on: date) -> tuple[TickSubject, ...]:
    """What is asked about households, in the office's order."""
    return _subjects(in_force(session, office_id, Master.TICK_SUBJECTS, on))


def sheet_of(subjects: Values, sources: Values, endings: Values, style: Values) -> TickSheet:
    """The sheet that these rows of office data make."""
    return TickSheet(
        subjects=_subjects(subjects),
        sources=tuple(_source(code, value) for code, value in _ordered(sources)),
        endings=tuple(
            ClauseEnding(
                plain=plain, polite=_text(value, "polite"), linking=_text(value, "linking")
            )
            for plain, value in sorted(endings.items(), key=lambda row: (-len(row[0]), row[0]))
        ),
        style=_style(style),
    )


def _ordered(rows: Values) -> list[tuple[str, dict[str, object]]]:
    return sorted(rows.items(), key=lambda row: (int(str(row[1].get("order") or 0)), row[0]))


def _subjects(rows: Values) -> tuple[TickSubject, ...]:
    return tuple(_subject(code, value) for code, value in _ordered(rows))


def _subject(code: str, value: Mapping[str, object]) -> TickSubject:
    segment = _text(value, "segment")
    return TickSubject(
        code=code,
        label=_text(value, "label"),
        topic=_text(value, "topic"),
        answers=parse_answers(_text(value, "answers")),
        source=_text(value, "usual_source"),
        segment=SegmentKind(segment) if segment else None,
        groups=frozenset(cast("list[str]", value.get("groups") or [])),
        words=tuple(w.strip() for w in _text(value, "words").split("、") if w.strip()),
    )


def _source(code: str, value: Mapping[str, object]) -> TickSource:
    return TickSource(
        code=code,
        label=_text(value, "label"),
        key=_text(value, "letter").upper(),
        plain=_text(value, "plain"),
        polite=_text(value, "polite"),
        segment=SegmentKind(_text(value, "segment")),
        source=_text(value, "said_as"),
    )


def _style(rows: Values) -> TickStyle:
    """The office's one row; the shipped one where it has none."""
    value = next(iter(rows.values()), None) or shipped_rows(Master.TICK_STYLE)[0].value
    return TickStyle(
        ending=Ending(_text(value, "ending")),
        joining=Joining(_text(value, "joining")),
        not_confirmed_plain=_text(value, "not_confirmed_plain"),
        not_confirmed_polite=_text(value, "not_confirmed_polite"),
    )


def _text(value: Mapping[str, object], name: str) -> str:
    return str(value.get(name) or "")
