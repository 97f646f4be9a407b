"""The entries of a file as the chronicle shows them: narrowed, found by day, searched."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.kana import has_variation_sequences, is_variation_selector
from desktop.domain.records import Entry, EntryState
from desktop.viewmodels.records_text import EntryText, entry_text

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = 0x60
_LATIN = range(0x21, 0x7F)
_WIDE_AND_NARROW_FORMS = range(0xFF01, 0xFFA0)


def _level(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).casefold()
    plain = plain if len(plain) == 1 else sign
    return chr(ord(plain) - _TO_HIRAGANA) if ord(plain) in _KATAKANA else plain


_LEVELLED = {code: _level(chr(code)) for code in (*_LATIN, *_KATAKANA, *_WIDE_AND_NARROW_FORMS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicleFilter:
    """What is shown. Empty `kinds` mean all; days are both inclusive."""

    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    is_unsettled: bool = False

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is shown."""
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (self.since is None or entry.event_on >= self.since)
            and (self.until is None or entry.event_on <= self.until)
            and (not self.is_unsettled or entry.state is not EntryState.APPROVED)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where the searched word stands: row, line of the entry, from and to in characters."""

    row: int
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is searched. `places` says where each of its characters stands, None for just where it does."""

    key: str
    places: tuple[int, ...] | None

    def place(self, at: int) -> int:
        return at if self.places is None else self.places[at]


@dataclass(slots=True)
class Chronicle:
    """The shown entries, oldest first. Words are made when they are first asked for."""

    entries: tuple[Entry, ...] = ()
    rows: tuple[Entry, ...] = ()
    _texts: dict[UUID, EntryText] = field(default_factory=dict)
    _numbers: dict[UUID, int] = field(default_factory=dict)
    _lines: dict[UUID, tuple[_Line, ...]] = field(default_factory=dict)

    def take(self, entries: Sequence[Entry], wanted: ChronicleFilter) -> None:
        """Hold other entries."""
        self.entries = tuple(entries)
        self._numbers = {e.entry_id: e.number for e in entries if e.number is not None}
        self._texts, self._lines = {}, {}
        self.narrow(wanted)

    def narrow(self, wanted: ChronicleFilter) -> None:
        """Show what the filter takes."""
        self.rows = tuple(entry for entry in self.entries if wanted.takes(entry))

    def text(self, row: int) -> EntryText:
        """The words of a shown entry."""
        entry = self.rows[row]
        if entry.entry_id not in self._texts:
            self._texts[entry.entry_id] = entry_text(entry, self._numbers)
        return self._texts[entry.entry_id]

    def row_of(self, entry_id: UUID) -> int:
        """The row of an entry; -1 when it is not shown."""
        return next((i for i, e in enumerate(self.rows) if e.entry_id == entry_id), -1)

    def row_on(self, day: date) -> int:
        """The first entry on or after a day; the last one when all are older, -1 when there are none."""
        place = bisect_left([entry.event_on for entry in self.rows], day)
        return min(place, len(self.rows) - 1)

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Code and label of the kinds that occur, most frequent first."""
        labels = {entry.kind: entry.kind_label for entry in self.entries}
        counts = {code: sum(e.kind == code for e in self.entries) for code in labels}
        return tuple((code, labels[code]) for code in sorted(labels, key=lambda c: -counts[c]))

    def find(self, word: str) -> tuple[Hit, ...]:
        """Every place of the word in the shown entries; width, case, kana and variants (異体字) do not matter."""
        wanted = _line(word.strip()).key
        if not wanted:
            return ()
        return tuple(
            Hit(row=row, line=number, start=line.place(at), end=line.place(at + len(wanted)))
            for row in range(len(self.rows))
            for number, line in enumerate(self._keys(row))
            for at in _places(line.key, wanted)
        )

    def _keys(self, row: int) -> tuple[_Line, ...]:
        entry_id = self.rows[row].entry_id
        if entry_id not in self._lines:
            self._lines[entry_id] = tuple(map(_line, self.text(row).lines()))
        return self._lines[entry_id]


def search_key(text: str) -> str:
    """The text with width, case and katakana levelled, character for character: places stay the same."""
    return text.translate(_LEVELLED)


def _line(text: str) -> _Line:
    key = search_key(text)
    if not has_variation_sequences(key):
        return _Line(key, None)
    kept = [at for at, sign in enumerate(key) if not is_variation_selector(sign)]
    return _Line("".join(key[at] for at in kept), (*kept, len(key)))


def _places(text: str, wanted: str) -> list[int]:
    places: list[int] = []
    start = text.find(wanted)
    while start >= 0:
        places.append(start)
        start = text.find(wanted, start + len(wanted))
    return places
