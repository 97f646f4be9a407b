"""Agencies of a household with the last contact (関係機関): read off the entries that tell of a contact with one, kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.activities import Partner

_BLANKS = " 　"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyContact:
    """An agency, whom one spoke to last, what the office knows of how to reach it, and when that was; None for never."""

    name: str = field(repr=False)
    person: str = field(default="", repr=False)
    reached_by: str = field(default="", repr=False)
    last_on: date | None = None
    times: int = 0

    @property
    def addressee(self) -> str:
        """How an entry names it (相手)."""
        return f"{self.name}　{self.person}" if self.person else self.name


def agency_contacts(
    met: Iterable[tuple[str, date]], partners: Sequence[Partner]
) -> tuple[AgencyContact, ...]:
    """The agencies that entries named, the latest first; then the office's partners whom none has named yet.

    `met` are the words for whom one spoke to, with the day of the contact.
    """
    found: dict[str, list[tuple[date, str]]] = {}
    for label, day in met:
        name, person = _split(label.strip(_BLANKS), partners)
        if name:
            found.setdefault(name, []).append((day, person))
    reached = {partner.label: partner.contact for partner in partners}
    known = [_contact(name, days, reached.get(name, "")) for name, days in found.items()]
    known.sort(key=lambda contact: (contact.last_on or date.min, contact.name), reverse=True)
    others = (p for p in partners if p.label not in found)
    return (*known, *(AgencyContact(name=p.label, reached_by=p.contact) for p in others))


def _contact(name: str, days: Sequence[tuple[date, str]], reached_by: str) -> AgencyContact:
    """One agency; the person is whoever was named last."""
    ordered = sorted(days)
    person = next((who for _, who in reversed(ordered) if who), "")
    return AgencyContact(
        name=name,
        person=person,
        reached_by=reached_by,
        last_on=ordered[-1][0],
        times=len({day for day, _ in ordered}),
    )


def _split(label: str, partners: Sequence[Partner]) -> tuple[str, str]:
    """Agency and person: a partner of the office by its name, else what stands before and behind the last blank."""
    names = sorted((p.label for p in partners if label.startswith(p.label)), key=len)
    if names:
        return names[-1], label.removeprefix(names[-1]).strip(_BLANKS)
    parts = label.replace("　", " ").rsplit(" ", 1)
    return (parts[0].strip(), parts[1]) if len(parts) > 1 else (label, "")
