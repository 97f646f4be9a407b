"""What ties a due visit to a day: appointments with the household, and purposes that have a season of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.planning.halves import HalfDay
from desktop.planning.problem import Basis, Visit

#: A visit carries a purpose if they have a week in common.
LEAST_SHARED_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A visit that is fixed to a half-day (約束した訪問), told to the household or not; `partners` are booked for it."""

    at: HalfDay
    purposes: tuple[str, ...] = ()
    announced: bool = True
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Who goes along to every so-manieth visit of a household (同行者・二人目・公用車), the first one always."""

    partner: str
    every: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeDue:
    """A purpose that is due between two days (援助方針の見直し月・収入申告など)."""

    purpose: str
    earliest: date
    latest: date


def with_appointments(
    visits: Sequence[Visit], appointments: Sequence[Appointment], extra: Visit
) -> list[Visit]:
    """Pin the visit whose days hold the appointment and whose due date is nearest; else the appointment is a visit of its own."""
    fixed = list(visits)
    for appointment in sorted(appointments, key=lambda known: known.at):
        day = appointment.at.day
        near = [
            (abs((visit.due - day).days), number)
            for number, visit in enumerate(fixed)
            if visit.pin is None and visit.earliest <= day <= visit.latest
        ]
        if near:
            number = min(near)[1]
            fixed[number] = _pinned(fixed[number], appointment)
        else:
            own = replace(extra, due=day, earliest=day, latest=day, basis=Basis.EXTRA)
            fixed.append(_pinned(own, appointment))
    return fixed


def with_companions(visits: Sequence[Visit], companions: Sequence[Companion]) -> list[Visit]:
    """Let the companions go along to every so-manieth of the visits, which are in order."""
    return [
        replace(
            visit,
            partners=tuple(
                dict.fromkeys(
                    (
                        *visit.partners,
                        *(c.partner for c in companions if number % max(c.every, 1) == 0),
                    )
                )
            ),
        )
        for number, visit in enumerate(visits)
    ]


def with_purposes(
    visits: Sequence[Visit], purposes: Sequence[PurposeDue], extra: Visit, first: date, last: date
) -> list[Visit]:
    """Let a visit whose days meet the purpose's carry it, its days narrowed to both; else the purpose is a visit of its own.

    They must share a week (or all of the purpose's days): a window of two days would often have no half-day.
    """
    carrying = list(visits)
    for purpose in sorted(purposes, key=lambda due: (due.earliest, due.latest, due.purpose)):
        earliest, latest = max(purpose.earliest, first), min(purpose.latest, last)
        if earliest > latest:
            continue
        number = _carrier(carrying, earliest, latest)
        if number is None:
            middle = earliest + (latest - earliest) // 2
            carrying.append(
                replace(
                    extra,
                    due=middle,
                    earliest=earliest,
                    latest=latest,
                    purposes=(purpose.purpose,),
                )
            )
            continue
        carrying[number] = _carry(carrying[number], purpose.purpose, earliest, latest)
    return carrying


def _carrier(visits: Sequence[Visit], earliest: date, latest: date) -> int | None:
    """The visit that shares most days with the purpose, a week at least (a pinned one: lies within); the earlier of two equal ones."""
    enough = min(LEAST_SHARED_DAYS, (latest - earliest).days + 1)
    shared = [
        (-_shared_days(visit, earliest, latest), number)
        for number, visit in enumerate(visits)
        if visit.pin is not None or _shared_days(visit, earliest, latest) >= enough
    ]
    best = min(shared, default=(0, 0))
    return best[1] if best[0] < 0 else None


def _shared_days(visit: Visit, earliest: date, latest: date) -> int:
    if visit.pin is not None:
        return 1 if earliest <= visit.pin.day <= latest else 0
    return max(0, (min(visit.latest, latest) - max(visit.earliest, earliest)).days + 1)


def _carry(visit: Visit, purpose: str, earliest: date, latest: date) -> Visit:
    purposes = (*visit.purposes, purpose)
    if visit.pin is not None:
        return replace(visit, purposes=purposes)
    earliest, latest = max(visit.earliest, earliest), min(visit.latest, latest)
    return replace(visit, purposes=purposes, earliest=earliest, latest=latest)


def _pinned(visit: Visit, appointment: Appointment) -> Visit:
    return replace(
        visit,
        appointment=appointment.at,
        announced=visit.announced or appointment.announced,
        purposes=(*visit.purposes, *appointment.purposes),
        partners=(*visit.partners, *(p for p in appointment.partners if p not in visit.partners)),
    )
