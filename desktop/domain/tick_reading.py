"""Sentences of ticks found again in a text, so that ticking anew replaces just what nobody has touched.

Nothing is kept about ticks: a sentence that reads exactly as a tick says it is one, whatever wrote it; once a word of it is changed it is
the person's own and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from desktop.domain.records import SegmentKind
from desktop.domain.tick_sentences import COMMA, clause_of, form_in, linked, sentences
from desktop.domain.ticks import TOPIC, Ending, Joining, Tick, TickSentence, TickSheet, TickSource

_DETAIL = re.compile(r"\{[^{}]*\}")
_ANY_DETAIL = "([^。、\n]{1,40}?)"
#: A sentence begins where a line or the sentence before it ends.
_BEGIN = r"(?:^|(?<=[。\n]))"


@dataclass(frozen=True, slots=True)
class _Clause:
    """An answer of a subject, as a pattern for what may stand in a text."""

    subject: str
    answer: int
    styled: Mapping[Ending, str]
    linking: str


@dataclass(frozen=True)
class TickReader:
    """Finds the sentences of a sheet's ticks in texts, in either style of the office."""

    sheet: TickSheet
    _compiled: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False)

    def found(self, text: str) -> tuple[tuple[str, tuple[Tick, ...]], ...]:
        """The sentences in a text in their order, each with its ticks."""
        found = [
            (match.start(), match[0], ticks)
            for pattern, source, ending in self._patterns
            for match in pattern.finditer(text)
            if (ticks := tuple(self._ticks(match["body"], source, ending)))
        ]
        # Of two readings of the same words the first source of the office counts.
        by_start = {start: (words, ticks) for start, words, ticks in reversed(found)}
        return tuple(by_start[start] for start in sorted(by_start))

    def read(self, texts: Mapping[SegmentKind, str]) -> tuple[TickSentence, ...]:
        """The sentences in the parts of an entry; of several on one subject only the first is taken for a tick's."""
        seen: set[str] = set()
        found: list[TickSentence] = []
        for segment, text in texts.items():
            for words, ticks in self.found(text):
                subjects = {tick.subject for tick in ticks}
                if seen.isdisjoint(subjects):
                    seen |= subjects
                    found.append(TickSentence(segment=segment, text=words, ticks=ticks))
        return tuple(found)

    def without(self, text: str) -> str:
        """The text without any sentence of a tick: what somebody wrote himself."""
        for words, _ in self.found(text):
            text = _replaced(text, words, "")
        return text

    @cached_property
    def _clauses(self) -> tuple[_Clause, ...]:
        """The clauses with nothing to be typed first: a looser one may read the same words."""
        found = [
            _Clause(
                subject=subject.code,
                answer=place,
                styled={
                    ending: _as_pattern(clause_of(self.sheet, answer.clause, ending))
                    for ending in Ending
                },
                linking=_as_pattern(linked(self.sheet, answer.clause)),
            )
            for subject in self.sheet.subjects
            for place, answer in enumerate(subject.answers)
        ]
        return tuple(sorted(found, key=lambda clause: _ANY_DETAIL in clause.linking))

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], TickSource | None, Ending], ...]:
        found: list[tuple[re.Pattern[str], TickSource | None, Ending]] = []
        for ending in Ending:
            for source in self.sheet.sources:
                before, behind, form = form_in(source, ending)
                styled = _any(clause.styled[form] for clause in self._clauses)
                body = f"(?:{_any(c.linking for c in self._clauses)}{COMMA})*{styled}"
                found.append((_sentence(before, body, behind), source, form))
            before, _, behind = self.sheet.style.not_confirmed(ending).partition(TOPIC)
            topic = _any(re.escape(subject.topic) for subject in self.sheet.subjects)
            body = f"{topic}(?:{COMMA}{topic})*"
            found.append((_sentence(before, body, behind), None, ending))
        return tuple(found)

    def _ticks(self, body: str, source: TickSource | None, form: Ending) -> Iterator[Tick]:
        if source is None:
            by_topic = {subject.topic: subject.code for subject in self.sheet.subjects}
            for topic in body.split(COMMA):
                if topic in by_topic:
                    yield Tick(subject=by_topic[topic], answer=None)
            return
        rest = body
        while rest:
            tick, rest = self._first(rest, source, form)
            if tick is None:
                return
            yield tick

    def _first(self, rest: str, source: TickSource, form: Ending) -> tuple[Tick | None, str]:
        """The tick at the beginning of what is left of a sentence, and what is left then."""
        for clause in self._clauses:
            last = self._compile(clause.styled[form]).fullmatch(rest)
            going_on = None if last else self._compile(clause.linking + COMMA).match(rest)
            if match := last or going_on:
                detail = match[1] if match.re.groups else ""
                tick = Tick(
                    subject=clause.subject, answer=clause.answer, source=source.code, detail=detail
                )
                return tick, rest[match.end() :]
        return None, ""

    def _compile(self, pattern: str) -> re.Pattern[str]:
        return self._compiled.setdefault(pattern, re.compile(pattern))


@lru_cache(maxsize=4)
def reader_of(sheet: TickSheet) -> TickReader:
    """The reader of a sheet, ready: making its patterns takes a while, so it is made once."""
    reader = TickReader(sheet)
    reader.found("")
    return reader


def put_in(
    reader: TickReader, texts: Mapping[SegmentKind, str], ticks: Iterable[Tick]
) -> dict[SegmentKind, str]:
    """The parts of an entry with the sentences of these ticks: those parts that change by it.

    An untouched sentence of an earlier ticking is replaced or taken out where it stands; whatever else stands there stays.
    """
    before, after = list(reader.read(texts)), list(sentences(reader.sheet, ticks))
    kept = {old.text for old in before} & {new.text for new in after}
    before = [old for old in before if old.text not in kept]
    after = [new for new in after if new.text not in kept]
    changed = dict(texts)
    for old in before:
        successor = next((new for new in after if _follows(new, old)), None)
        if successor is not None:
            after.remove(successor)
        words = successor.text if successor is not None else ""
        changed[old.segment] = _replaced(changed[old.segment], old.text, words)
    for new in after:
        joining = reader.sheet.style.joining
        changed[new.segment] = _appended(changed.get(new.segment, ""), new.text, joining)
    return {segment: text for segment, text in changed.items() if text != texts.get(segment, "")}


def _follows(new: TickSentence, old: TickSentence) -> bool:
    same = {tick.subject for tick in old.ticks} & {tick.subject for tick in new.ticks}
    return new.segment is old.segment and bool(same)


def _replaced(text: str, words: str, by: str) -> str:
    """Put words in the place of others; a line that is empty by it goes too."""
    place = text.find(words)
    if place < 0:
        return text
    before, behind = text[:place], text[place + len(words) :]
    is_line = before[-1:] in {"", "\n"} and behind[:1] in {"", "\n"}
    if not by and is_line:
        return before.removesuffix("\n") + behind if before else behind.removeprefix("\n")
    return before + by + behind


def _appended(text: str, words: str, joining: Joining) -> str:
    text = text.rstrip()
    goes_on = joining is not Joining.LINES and text.endswith("。")
    return f"{text}{words}" if goes_on or not text else f"{text}\n{words}"


def _as_pattern(clause: str) -> str:
    """A clause as a pattern, with any words for its detail."""
    return _ANY_DETAIL.join(map(re.escape, _DETAIL.split(clause)))


def _any(patterns: Iterable[str]) -> str:
    """One of these patterns, the longest first, without groups of their own."""
    plain = {pattern.replace(_ANY_DETAIL, f"(?:{_ANY_DETAIL[1:-1]})") for pattern in patterns}
    return f"(?:{'|'.join(sorted(plain, key=len, reverse=True))})"


def _sentence(before: str, body: str, behind: str) -> re.Pattern[str]:
    pattern = f"{_BEGIN}{re.escape(before)}(?P<body>{body}){re.escape(behind)}"
    return re.compile(pattern, re.MULTILINE)
