"""A record's history field by field (記録の履歴): stored events as lines that a person reads.

Every save writes texts and contact anew; a line stands only where a value differs from the one before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from desktop.domain.audit import FIELD, TABLE, FieldChange
from desktop.viewmodels.columns import Column
from desktop.viewmodels.records_history_values import Codes, is_blank, value_text
from desktop.viewmodels.records_text import instant_text

#: Columns that repeat what a line says anyway, or what the reader knows.
_SILENT = frozenset(
    {
        *("contact_id", "version", "recorded_at", "saved_at", "submitted_at", "submitted_by"),
        *("round", "root_version", "subject_kind", "batch_id", "at", "by_id", "step", "move_id"),
        *("decided_at", "inspected_at", "approved_at", "promise_id", "is_home_visit", "is_absence"),
    }
)
_OF_CONTACT = (
    *("happened_on", "method", "place", "started_at", "ended_at", "result_code"),
    "has_danger_signs",
)
_PEOPLE = {"contact_staff": "行った人", "contact_met": "会った人"}
_DONE_WITH_CONTACT = frozenset({"entry_version", *_PEOPLE})

_Fields = dict[str, FieldChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One field of the record and what became of it; `before` and `after` are "" where there was or is nothing."""

    at: datetime
    who: str = field(repr=False)
    client: str
    label: str
    before: str = field(repr=False)
    after: str = field(repr=False)


def history_columns() -> tuple[Column[HistoryLine], ...]:
    """The columns of the history."""
    return (
        Column(header="日時", text=lambda h: instant_text(h.at), sort=lambda h: h.at),
        Column(header="だれが", text=lambda h: h.who),
        Column(header="端末", text=lambda h: h.client or "サーバー"),
        Column(header="項目", text=lambda h: h.label),
        Column(header="前", text=lambda h: _first_line(h.before), tone=lambda _: "muted"),
        Column(header="後", text=lambda h: _first_line(h.after) or "（なし）"),
    )


def history_lines(changes: Iterable[FieldChange], codes: Codes) -> tuple[HistoryLine, ...]:
    """The lines of a record, newest first. `codes` are the office's labels of kinds and results."""
    events = [
        {change.column: change for change in event}
        for _, event in groupby(changes, key=lambda change: change.seq)
    ]
    return tuple(reversed(list(_Reader(events, codes).lines())))


class _Reader:
    """Goes through the events once and remembers what each field said last."""

    def __init__(self, events: list[_Fields], codes: Codes) -> None:
        self._events = events
        self._codes = codes
        self._last: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._people = _people_by_contact(events)
        self._segments = _segments_by_version(events)
        self._positions = _positions(events)
        self._versions: set[str] = set()

    def lines(self) -> Iterator[HistoryLine]:
        """Oldest first."""
        for event in self._events:
            first = next(iter(event.values()))
            if first.table == "segment":
                yield from self._segment(first, event)
            elif first.table == "contact":
                yield from self._contact(first, event)
            elif first.table not in _DONE_WITH_CONTACT and not self._is_plan(first):
                yield from self._plain(event)

    def _segment(self, first: FieldChange, event: _Fields) -> Iterator[HistoryLine]:
        _, version, segment = first.row.split("/")
        if version not in self._versions:
            self._versions.add(version)
            yield from self._gone(first, self._segments[version])
        label = value_text("segment", "kind", _after(event, "kind"), self._codes)
        yield from self._chained(first, f"segment/{segment}", label, _after(event, "text"))
        source = _after(event, "source")
        yield from self._chained(first, f"source/{segment}", f"{label}・情報源", source)

    def _gone(self, first: FieldChange, kept: set[str]) -> Iterator[HistoryLine]:
        """Parts that an earlier version had and this one has not."""
        for key in [k for k in self._last if k.startswith(("segment/", "source/"))]:
            if key.partition("/")[2] not in kept:
                yield from self._chained(first, key, self._labels[key], "")

    def _contact(self, first: FieldChange, event: _Fields) -> Iterator[HistoryLine]:
        for column in _OF_CONTACT:
            stored = _after(event, column)
            # What was not seen is no fact: only signs of danger that stood there, or went, are a line.
            value = "" if is_blank(stored) else value_text("contact", column, stored, self._codes)
            yield from self._chained(first, column, FIELD.get(column, column), value)
        for table, label in _PEOPLE.items():
            people = "、".join(self._people[table, first.row])
            yield from self._chained(first, table, label, people)

    def _plain(self, event: _Fields) -> Iterator[HistoryLine]:
        for change in event.values():
            shows = change.column not in _SILENT and not (
                change.before is None and is_blank(change.after)
            )
            if shows:
                before, after = (
                    value_text(change.table, change.column, value or "", self._codes)
                    for value in (change.before, change.after)
                )
                yield _line(change, self._label_of(change), before, after)

    def _chained(
        self, first: FieldChange, key: str, label: str, value: str
    ) -> Iterator[HistoryLine]:
        before = self._last.get(key, "")
        self._last[key] = value
        self._labels[key] = label
        if before != value:
            yield _line(first, label, before, value)

    def _is_plan(self, first: FieldChange) -> bool:
        """A route as it was laid out when the record was handed in: nothing has happened in it yet."""
        return first.table == "approval_step" and first.before is None and first.column == "kind"

    def _label_of(self, change: FieldChange) -> str:
        position = self._positions.get(change.row, "")
        table = TABLE.get(change.table, change.table) + (f"（{position}）" if position else "")
        if change.table == "approval_note":
            return table
        if change.table in {"entry", "approval_move"}:
            return FIELD.get(change.column, change.column)
        return f"{table}・{FIELD.get(change.column, change.column)}"


def _people_by_contact(events: list[_Fields]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in events:
        first = next(iter(event.values()))
        if first.table in _PEOPLE:
            name = _after(event, "label") or _after(event, "person_id") or _after(event, "staff_id")
            found[first.table, _after(event, "contact_id")].append(name)
    return found


def _segments_by_version(events: list[_Fields]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for event in events:
        first = next(iter(event.values()))
        if first.table == "segment":
            _, version, segment = first.row.split("/")
            found[version].add(segment)
    return found


def _positions(events: list[_Fields]) -> Mapping[str, str]:
    no_codes: Codes = {}
    return {
        change.row: value_text(change.table, "position", change.after or "", no_codes)
        for event in events
        for change in event.values()
        if change.table == "approval_step" and change.column == "position"
    }


def _after(event: _Fields, column: str) -> str:
    change = event.get(column)
    return (change.after or "") if change is not None else ""


def _line(change: FieldChange, label: str, before: str, after: str) -> HistoryLine:
    return HistoryLine(
        at=change.at,
        who=change.who,
        client=change.client,
        label=label,
        before=before,
        after=after,
    )


def _first_line(text: str) -> str:
    first, _, rest = text.partition("\n")
    return f"{first} …" if rest else first
