"""Reckons the table of effort from pieces of time: by group, by month, by kind of work. Plain arithmetic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from desktop.domain.activities import EffortWork
from desktop.domain.dates import months_later
from desktop.domain.effort import (
    LIFE,
    MAIN_GROUPS,
    TOWARDS_WORK,
    EffortRow,
    Indicator,
    SafetyRow,
    Unit,
)
from desktop.domain.group_spans import GroupSpan, Spans, span_on

_DAY = timedelta(days=1)
_GROUP_ROWS = (
    *(Indicator.PERSONS, Indicator.CONTACTS, Indicator.MINUTES, Indicator.DIRECT),
    *(Indicator.SHARE, Indicator.ACCOMPANIED, Indicator.ACCOMPANY_RATE, Indicator.PLANNED),
)
_MORE_ROWS: Mapping[str, tuple[Indicator, ...]] = {
    "G2": (Indicator.REFERRALS, Indicator.TOWARDS_WORK),
    "G3": (Indicator.JOB_STARTS, Indicator.TO_WITH_HELP),
    "G4": (Indicator.TOWARDS_WORK, Indicator.LIFE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortFacts:
    """What the table is reckoned from. `plans` are the first and last days of approved plans by person.

    `referrals` and `job_starts` are days with their persons.
    """

    units: Sequence[Unit]
    spans: Spans
    plans: Mapping[UUID, Sequence[tuple[date, date]]]
    referrals: Sequence[tuple[UUID, date]] = ()
    job_starts: Sequence[tuple[UUID, date]] = ()


@dataclass(slots=True)
class _Sum:
    minutes: float = 0
    direct: float = 0
    contacts: float = 0
    accompanied: int = 0
    pieces: int = 0
    works: dict[EffortWork, float] = field(default_factory=lambda: dict.fromkeys(EffortWork, 0.0))


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return months_later(first_of(month), 1) - _DAY


def table_rows(facts: EffortFacts, baseline: date, months: Sequence[date]) -> tuple[EffortRow, ...]:
    """The lines: group by group, then the kinds of work, then paperwork."""
    wanted = {*months, baseline}
    sums = _sums(facts, wanted)
    figures = {month: _figures(facts, sums, month) for month in wanted}
    keys: list[tuple[str, Indicator, EffortWork | None]] = [
        *(
            (group, indicator, None)
            for group in MAIN_GROUPS
            for indicator in (*_GROUP_ROWS, *_MORE_ROWS.get(group, ()))
        ),
        *(("", Indicator.WORK, work) for work in EffortWork),
        ("", Indicator.INDIRECT, None),
        ("", Indicator.PER_RECORD, None),
    ]
    return tuple(
        EffortRow(
            group=key[0],
            indicator=key[1],
            work=key[2],
            baseline=figures[baseline].get(key),
            values=tuple(figures[month].get(key) for month in months),
        )
        for key in keys
    )


def _sums(facts: EffortFacts, months: Collection[date]) -> dict[tuple[date, str], _Sum]:
    """Month and group → what was spent; "" is everybody, "-" whoever has no group."""
    of_household: dict[UUID, list[Sequence[GroupSpan]]] = defaultdict(list)
    for spans in facts.spans.values():
        for household_id in {span.decision.household_id for span in spans}:
            of_household[household_id].append(spans)
    sums: dict[tuple[date, str], _Sum] = defaultdict(_Sum)
    for unit in facts.units:
        month = unit.day.replace(day=1)
        if month not in months:
            continue
        groups = _groups(facts.spans, of_household, unit)
        _add(sums[month, ""], unit, 1.0)
        for group in groups:
            _add(sums[month, group], unit, 1 / len(groups))
    return sums


def _groups(
    spans: Spans, of_household: Mapping[UUID, Sequence[Sequence[GroupSpan]]], unit: Unit
) -> Sequence[str]:
    """The groups that a piece of time is for: its person's, or those of everybody in the household who has one."""
    asked = (
        of_household.get(unit.household_id, ())
        if unit.person_id is None
        else (spans.get(unit.person_id, ()),)
    )
    found = [span for span in (span_on(each, unit.day) for each in asked) if span is not None]
    return [span.decision.group.main for span in found] or ["-"]


def _add(total: _Sum, unit: Unit, share: float) -> None:
    minutes = unit.minutes * share
    total.minutes += minutes
    total.works[unit.work] += minutes
    total.pieces += 1
    if unit.is_direct:
        total.direct += minutes
    if unit.is_contact:
        total.contacts += share
    if unit.work is EffortWork.ACCOMPANY:
        total.accompanied += 1


def _figures(
    facts: EffortFacts, sums: Mapping[tuple[date, str], _Sum], month: date
) -> dict[tuple[str, Indicator, EffortWork | None], float | None]:
    whole = sum(sums.get((month, group), _Sum()).minutes for group in MAIN_GROUPS)
    found: dict[tuple[str, Indicator, EffortWork | None], float | None] = {}
    persons, planned = _persons(facts.spans, month), _planned(facts, last_of(month))
    for group in MAIN_GROUPS:
        total = sums.get((month, group), _Sum())
        found[group, Indicator.PLANNED, None] = planned.get(group)
        for indicator, value in _of_group(facts, total, group, month, persons, whole):
            found[group, indicator, None] = value
    everything = sums.get((month, ""), _Sum())
    for work in EffortWork:
        found["", Indicator.WORK, work] = everything.works[work]
    found["", Indicator.INDIRECT, None] = _percent(
        everything.minutes - everything.direct, everything.minutes
    )
    found["", Indicator.PER_RECORD, None] = (
        everything.minutes / everything.pieces if everything.pieces else None
    )
    return found


def _of_group(
    facts: EffortFacts,
    total: _Sum,
    group: str,
    month: date,
    persons: Mapping[str, float],
    whole: float,
) -> Iterator[tuple[Indicator, float | None]]:
    count = persons.get(group, 0.0)
    yield Indicator.PERSONS, count
    yield Indicator.CONTACTS, total.contacts / count if count else None
    yield Indicator.MINUTES, total.minutes
    yield Indicator.DIRECT, total.direct
    yield Indicator.SHARE, _percent(total.minutes, whole)
    yield Indicator.ACCOMPANIED, total.accompanied
    yield Indicator.ACCOMPANY_RATE, _percent(total.accompanied, total.contacts)
    yield Indicator.REFERRALS, _happened(facts, facts.referrals, group, month)
    yield Indicator.TOWARDS_WORK, sum(total.works[work] for work in TOWARDS_WORK)
    yield Indicator.LIFE, sum(total.works[work] for work in LIFE)
    yield Indicator.JOB_STARTS, _happened(facts, facts.job_starts, group, month)
    yield Indicator.TO_WITH_HELP, _moved(facts.spans, month) if group == "G3" else None


def _persons(spans: Spans, month: date) -> dict[str, float]:
    last = last_of(month)
    days: Counter[str] = Counter()
    for of_person in spans.values():
        for span in of_person:
            days[span.decision.group.main] += span.days_in(month, last)
    return {group: count / last.day for group, count in days.items()}


def _planned(facts: EffortFacts, day: date) -> dict[str, float | None]:
    """Group → the share of its people who have a plan on a day; every person is looked at once for all groups."""
    people: Counter[str] = Counter()
    with_plan: Counter[str] = Counter()
    for person_id, spans in facts.spans.items():
        span = span_on(spans, day)
        if span is None:
            continue
        main = span.decision.group.main
        people[main] += 1
        with_plan[main] += any(
            begins <= day <= ends for begins, ends in facts.plans.get(person_id, ())
        )
    return {main: _percent(with_plan[main], count) for main, count in people.items()}


def _happened(
    facts: EffortFacts, days: Iterable[tuple[UUID, date]], group: str, month: date
) -> float:
    last = last_of(month)
    return sum(
        1
        for person_id, day in days
        if month <= day <= last and _group_of(facts.spans, person_id, day) == group
    )


def _moved(spans: Spans, month: date) -> float:
    """Persons who came from G3 to G2 in the month."""
    last, count = last_of(month), 0
    for of_person in spans.values():
        for before, after in pairwise(of_person):
            pair = before.decision.group.main, after.decision.group.main
            count += pair == ("G3", "G2") and month <= after.begins <= last
    return count


def _group_of(spans: Spans, person_id: UUID, day: date) -> str:
    span = span_on(spans.get(person_id, ()), day)
    return "" if span is None else span.decision.group.main


def _percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def safety_rows(
    spans: Spans,
    today: date,
    last_contacts: Mapping[UUID, date],
    home_visits: Mapping[UUID, int],
    *,
    silent_months: int,
    least_visits: int,
) -> tuple[SafetyRow, ...]:
    """Everybody of G3 and G4 with the household's last contact, the longest silent first.

    `last_contacts` and `home_visits` are by household: who was met within it is content.
    """
    limit = months_later(today, -silent_months)
    rows = []
    for person_id, of_person in spans.items():
        span = span_on(of_person, today)
        if span is None or span.decision.group.main not in ("G3", "G4"):
            continue
        household_id = span.decision.household_id
        last, visits = last_contacts.get(household_id), home_visits.get(household_id, 0)
        rows.append(
            SafetyRow(
                person_id=person_id,
                household_id=household_id,
                group=span.decision.group.main,
                last_contact_on=last,
                home_visits=visits,
                is_silent=last is None or last < limit,
                has_few_visits=visits < least_visits,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.last_contact_on or date.min, str(r.person_id))))
