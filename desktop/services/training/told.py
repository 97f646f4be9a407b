"""An entry as it is about to be stored, and its canonical content."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.training.cases import Case
from desktop.services.training.contacts import Meeting
from desktop.services.training.ids import dashed
from desktop.services.training.staffing import Officer
from desktop.services.training.story import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry with its parts: segments are (id, kind, source, text), promises (id, who, what, due day)."""

    case: Case
    event: Event
    author: Officer
    entry_id: str
    contact_id: str
    contact: Meeting
    segments: list[tuple[str, str, str, str]]
    promises: list[tuple[str, str, str, str]]


def content_of(told: Told) -> dict[str, object]:
    """The content as `desktop.domain.records_content.entry_content` spells it, without building its dataclasses."""
    contact = told.contact
    return {
        "entry": dashed(told.entry_id),
        "household": dashed(told.case.id),
        "kind": told.event.kind,
        "event_on": told.event.day.isoformat(),
        "started_at": contact.started_at,
        "ended_at": contact.ended_at,
        "method": contact.method.value,
        "place": contact.place.value,
        "result_code": contact.result,
        "met": [[dashed(person) if person else None, label] for person, label in contact.met],
        "went": [dashed(told.author.id)],
        "segments": [
            [dashed(key), kind, source, text] for key, kind, source, text in told.segments
        ],
        "promises": [[dashed(key), who, what, due] for key, who, what, due in told.promises],
        "relates_to": None,
    }
