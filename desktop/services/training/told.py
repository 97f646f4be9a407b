"""An entry as it is about to be stored, and its canonical content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from json.encoder import encode_basestring as quoted

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


def spelled(told: Told) -> str:
    """What `canonical(entry_content(…))` spells, without building its dataclasses: sorted keys, no white space."""
    contact, entry = told.contact, told.event
    danger = ',"has_danger_signs":true' if contact.has_danger_signs else ""
    met = ",".join(
        [f"[{_id(person) if person else 'null'},{quoted(label)}]" for person, label in contact.met]
    )
    segments = ",".join(
        [
            f'[{_id(key)},"{kind}",{quoted(source)},{quoted(text)}]'
            for key, kind, source, text in told.segments
        ]
    )
    promises = ",".join(
        [
            f'[{_id(key)},{quoted(who)},{quoted(what)},"{due}"]'
            for key, who, what, due in told.promises
        ]
    )
    return (
        f'{{"ended_at":{_number(contact.ended_at)},"entry":{_id(told.entry_id)}'
        f',"event_on":"{entry.day.isoformat()}"{danger},"household":{_id(told.case.id)},"kind":"{entry.kind}"'
        f',"met":[{met}],"method":"{contact.method.value}","place":"{contact.place.value}"'
        f',"promises":[{promises}],"relates_to":null,"result_code":{quoted(contact.result)}'
        f',"segments":[{segments}],"started_at":{_number(contact.started_at)}'
        f',"went":[{_id(told.author.id)}]}}'
    )


def content_hash(told: Told) -> str:
    """SHA-256 of the canonical content, as `desktop.domain.canonical.digest` makes it."""
    return hashlib.sha256(spelled(told).encode()).hexdigest()


def _id(digits: str) -> str:
    return f'"{dashed(digits)}"'


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)
