"""The canonical content of an entry: what an approval's hash stands for."""

from __future__ import annotations

from desktop.domain.canonical import digest
from desktop.domain.records import EntryInput


def entry_content(given: EntryInput) -> dict[str, object]:
    """Everything a supervisor reads of an entry, and nothing that changes afterwards (a promise's being kept).

    Signs of danger are spelled only where there were some: what was approved before they could be told keeps its hash.
    """
    danger: dict[str, object] = {"has_danger_signs": True} if given.has_danger_signs else {}
    promises = sorted(given.promises, key=lambda promise: promise.promise_id)
    return {
        "entry": given.entry_id,
        "household": given.household_id,
        "kind": given.kind,
        "event_on": given.event_on,
        "started_at": given.started_at,
        "ended_at": given.ended_at,
        "method": given.method,
        "place": given.place,
        "result_code": given.result_code,
        "met": [[met.person_id, met.label] for met in given.met],
        "went": sorted({str(staff) for staff in given.went}),
        "segments": [[s.segment_id, s.kind, s.source, s.text] for s in given.segments],
        "promises": [[p.promise_id, p.who, p.what, p.due_on] for p in promises],
        "relates_to": given.relates_to,
        **danger,
    }


def entry_hash(given: EntryInput) -> str:
    """SHA-256 of the canonical content, as hexadecimal digits."""
    return digest(entry_content(given))
