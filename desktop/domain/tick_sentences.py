"""What was ticked, in the office's sentences: pure grammar over the tables of `domain/ticks.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.records import SegmentKind
from desktop.domain.ticks import (
    PLAIN,
    STYLED,
    TOPIC,
    Ending,
    Joining,
    Tick,
    TickSentence,
    TickSheet,
    TickSource,
)

#: Between the clauses of one sentence.
COMMA = "、"


def sentences(sheet: TickSheet, ticks: Iterable[Tick]) -> tuple[TickSentence, ...]:
    """The sentences of these ticks, in the order of the sheet; a tick whose detail is missing says nothing yet."""
    places = {subject.code: place for place, subject in enumerate(sheet.subjects)}
    known = [tick for tick in ticks if tick.subject in places and is_complete(sheet, tick)]
    ordered = sorted(known, key=lambda tick: places[tick.subject])
    return tuple(
        TickSentence(segment=segment, text=_sentence(sheet, group), ticks=tuple(group))
        for segment, group in _grouped(sheet, ordered)
    )


def is_complete(sheet: TickSheet, tick: Tick) -> bool:
    """Whether a tick can be said: its answer and source are the office's, and its detail is there."""
    subject = sheet.subject(tick.subject)
    if subject is None:
        return False
    if tick.answer is None:
        return True
    if not 0 <= tick.answer < len(subject.answers) or sheet.source(tick.source) is None:
        return False
    return not subject.answers[tick.answer].detail or bool(tick.detail.strip())


def clause_of(sheet: TickSheet, clause: str, ending: Ending) -> str:
    """A clause in plain or polite form; one that ends in none of the office's endings (体言止め) stays as it is."""
    for each in sheet.endings:
        if clause.endswith(each.plain):
            changed = each.plain if ending is Ending.PLAIN else each.polite
            return clause.removesuffix(each.plain) + changed
    return clause


def linked(sheet: TickSheet, clause: str) -> str:
    """A clause as the sentence goes on behind it."""
    for each in sheet.endings:
        if clause.endswith(each.plain):
            return clause.removesuffix(each.plain) + each.linking
    return clause


def form_in(source: TickSource, ending: Ending) -> tuple[str, str, Ending]:
    """What stands before and behind a clause, and its form."""
    pattern = source.pattern(ending)
    slot, form = (PLAIN, Ending.PLAIN) if PLAIN in pattern else (STYLED, ending)
    before, _, behind = pattern.partition(slot)
    return before, behind, form


def segment_of(sheet: TickSheet, tick: Tick) -> SegmentKind:
    """The part of the entry into which a tick's sentence goes."""
    if tick.answer is None:
        return SegmentKind.NOT_CONFIRMED
    subject, source = sheet.subject(tick.subject), sheet.source(tick.source)
    if subject is not None and subject.segment is not None:
        return subject.segment
    return source.segment if source is not None else SegmentKind.FACTS


def sources_of(sheet: TickSheet, said: Iterable[TickSentence]) -> tuple[str, ...]:
    """What 事実の出所 has to say of the sentences on facts, each once."""
    found = (
        sheet.source(tick.source)
        for sentence in said
        if sentence.segment is SegmentKind.FACTS
        for tick in sentence.ticks
    )
    return tuple(dict.fromkeys(s.source for s in found if s is not None and s.source))


def _grouped(sheet: TickSheet, ticks: Sequence[Tick]) -> Iterator[tuple[SegmentKind, list[Tick]]]:
    """The ticks of each sentence, part by part in the order of the paper."""
    groups: dict[tuple[SegmentKind, str, int], list[Tick]] = {}
    is_linked = sheet.style.joining is Joining.LINKED
    for place, tick in enumerate(ticks):
        kind = "" if tick.answer is None else tick.source
        # What was not confirmed has no answers to tell apart: one sentence names all of it, whatever the style.
        line = 0 if is_linked or tick.answer is None else place
        groups.setdefault((segment_of(sheet, tick), kind, line), []).append(tick)
    order = list(SegmentKind)
    for key in sorted(groups, key=lambda key: order.index(key[0])):
        yield key[0], groups[key]


def _sentence(sheet: TickSheet, ticks: Sequence[Tick]) -> str:
    ending = sheet.style.ending
    if ticks[0].answer is None:
        topics = COMMA.join(s.topic for t in ticks if (s := sheet.subject(t.subject)))
        return sheet.style.not_confirmed(ending).replace(TOPIC, topics)
    source = sheet.source(ticks[0].source)
    if source is None:
        return ""
    before, behind, form = form_in(source, ending)
    *first, last = (_said(sheet, tick) for tick in ticks)
    clauses = [*(linked(sheet, clause) for clause in first), clause_of(sheet, last, form)]
    return f"{before}{COMMA.join(clauses)}{behind}"


def _said(sheet: TickSheet, tick: Tick) -> str:
    """The clause of a tick in the plain form."""
    subject = sheet.subject(tick.subject)
    if subject is None or tick.answer is None:
        return ""
    return subject.answers[tick.answer].said(tick.detail.strip())
