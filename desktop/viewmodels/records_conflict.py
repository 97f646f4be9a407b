"""Settling a conflict: what goes on being written."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.records import Entry, EntryInput, Segment, SegmentKind

_MINE = "――（ここから、重なったもう一つの入力）"


def keep_both(mine: EntryInput, stored: Entry) -> EntryInput:
    """My entry on top of the stored version; where a text differs both stand, the stored one first."""
    theirs = {segment.kind: segment for segment in stored.segments}
    own = {segment.kind: segment for segment in mine.segments}
    segments = tuple(
        _both(own.get(kind), theirs.get(kind))
        for kind in SegmentKind
        if kind in own or kind in theirs
    )
    known = {promise.promise_id for promise in mine.promises}
    others = tuple(p for p in stored.promises if p.promise_id not in known)
    return replace(
        mine,
        shown_version=stored.version,
        segments=segments,
        promises=(*mine.promises, *others),
    )


def keep_mine(mine: EntryInput, stored: Entry) -> EntryInput:
    """My entry as the next version after the stored one."""
    return replace(mine, shown_version=stored.version)


def _both(mine: Segment | None, theirs: Segment | None) -> Segment:
    if mine is None or theirs is None:
        shown = mine or theirs
        if shown is None:
            raise ValueError("a segment stands on at least one side")
        return shown
    source = _both_sources(mine.source, theirs.source)
    one, other = theirs.text.rstrip(), mine.text.rstrip()
    if other in one:
        return replace(theirs, source=source)
    if one in other:
        return replace(theirs, text=other, source=source)
    return replace(theirs, text=f"{one}\n{_MINE}\n{other}", source=source)


def _both_sources(mine: str, theirs: str) -> str:
    return theirs if mine in theirs else mine if theirs in mine else f"{theirs}、{mine}"
