"""From marks to a redacted copy: struck text is replaced here, before anything is drawn.

What replaces it has one width whatever was struck, so that its length cannot be read off, and a number that the list of
reasons explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.disclosures_marks import Mark, Part, PartKey, PartText, Verdict

#: What stands in the place of struck text, before its numbers.
BLACK = "■■■"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One struck place of the copy: its number on paper, where it stands, and the code of its reason."""

    number: int
    event_on: date
    entry_number: int | None
    kind_label: str
    part_label: str
    reason: str
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """The parts as the copy shows them, and its bars in the order of the paper."""

    texts: Mapping[PartKey, str] = field(repr=False)
    bars: tuple[Bar, ...]

    def text(self, key: PartKey) -> str:
        """A part as the copy shows it, "" for one without text."""
        return self.texts.get(key, "")


def redact(parts: Iterable[PartText], marks: Sequence[Mark]) -> Redaction:
    """Replace what is struck. Parts come in the order of the paper; marks of other versions count for nothing."""
    struck: dict[PartKey, list[Mark]] = {}
    for mark in marks:
        if mark.verdict is Verdict.STRUCK:
            struck.setdefault(mark.key, []).append(mark)
    whole = {
        (key.entry_id, key.version, key.segment_id)
        for key, standing in struck.items()
        if key.part is Part.TEXT and any(mark.start is None for mark in standing)
    }
    texts: dict[PartKey, str] = {}
    bars: list[Bar] = []
    for part in parts:
        key = part.key
        if key.part is Part.SOURCE and (key.entry_id, key.version, key.segment_id) in whole:
            texts[key] = ""
            continue
        groups = _groups(part.text, struck.get(key, ()))
        texts[key] = _replaced(part, groups, bars)
    return Redaction(texts=texts, bars=tuple(bars))


@dataclass(frozen=True, slots=True)
class _Group:
    """Marks that overlap: one bar with the numbers of all."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def _groups(text: str, marks: Iterable[Mark]) -> list[_Group]:
    spans = sorted(
        (
            (0, len(text), mark)
            if mark.start is None or mark.end is None
            else (mark.start, mark.end, mark)
            for mark in marks
        ),
        key=lambda span: (span[0], -span[1], span[2].mark_id),
    )
    groups: list[_Group] = []
    for start, end, mark in spans:
        last = groups[-1] if groups else None
        if last is not None and start < last.end:
            groups[-1] = _Group(last.start, max(last.end, end), (*last.marks, mark))
        else:
            groups.append(_Group(start, end, (mark,)))
    return groups


def _replaced(part: PartText, groups: Iterable[_Group], bars: list[Bar]) -> str:
    pieces, at = [], 0
    for group in groups:
        numbers = []
        for mark in group.marks:
            bar = Bar(
                number=len(bars) + 1,
                event_on=part.event_on,
                entry_number=part.entry_number,
                kind_label=part.kind_label,
                part_label=part.label,
                reason=mark.reason,
                is_whole=mark.start is None,
            )
            bars.append(bar)
            numbers.append(str(bar.number))
        pieces += [part.text[at : group.start], f"{BLACK}［{'・'.join(numbers)}］"]
        at = group.end
    return "".join((*pieces, part.text[at:]))
