"""Reckons the key figures from facts: persons, decided groups, participations, work, plans. Plain arithmetic (employment-support 7.2).

A group for the time being is no decision here. What nobody knows counts as not known, and stands in the list as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.group_spans import DecisionFact, GroupSpan, Spans, span_on
from desktop.domain.income_months import Earned
from desktop.domain.kpis import Case, Figure, Kpi, Period
from desktop.domain.participations import MARKED_GROUPS, CountsFor
from desktop.domain.raises import Compared, RaiseRules, compare_all, raise_note, raise_words
from desktop.domain.support_groups import SupportGroup

#: Main groups whose people are met soon after the decision.
HELPED = ("G1", "G2")
_NOT_JUDGED = (SupportGroup.OUT_OF_SCOPE, SupportGroup.WORKING)
_BETTER_WORK = (CountsFor.JOB, CountsFor.RAISE)


class Taking(NamedTuple):
    """A participation: `counts` for the rate of participation, `is_life` in a programme for daily or social life."""

    household_id: UUID
    person_id: UUID
    counts: bool
    is_life: bool
    begins: date
    ends: date | None
    outcome: CountsFor | None

    def joins(self, period: Period) -> bool:
        """Whether it counts for the rate and was there in a period."""
        return self.counts and period.meets(self.begins, self.ends)


class Spell(NamedTuple):
    """A start of work or a raise; `checks` are months → whether somebody still worked (None: not known)."""

    household_id: UUID
    person_id: UUID
    began: date
    way: CountsFor
    checks: Mapping[int, bool | None]


class Plan(NamedTuple):
    """An approved plan: its days, the day of the next review, and how it ended."""

    household_id: UUID
    person_id: UUID
    begins: date
    ends: date
    review_on: date
    ended_on: date | None
    outcome: CountsFor | None

    def is_active(self, day: date) -> bool:
        """Whether it was in force on a day; a plan whose days are over goes on until it is ended."""
        return self.begins <= day and (self.ended_on is None or self.ended_on > day)


class HouseholdPeriod(NamedTuple):
    """A household of the type その他 that receives assistance, and who worked in it: from and to."""

    household_id: UUID
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiFacts:
    """Everything that figures are reckoned from. `evidence` is decision → whether its medical evidence was new enough (None: none).

    `marks` are person → since when somebody of G1a or G1b can or cannot take part, in order of time; `incomes` person → month → what
    was earned.
    """

    spans: Spans
    takings: Sequence[Taking] = ()
    spells: Sequence[Spell] = ()
    plans: Sequence[Plan] = ()
    other_households: Sequence[HouseholdPeriod] = ()
    working: Sequence[HouseholdPeriod] = ()
    closed: Mapping[UUID, Sequence[date]] = field(default_factory=dict)
    contacts: Mapping[UUID, Sequence[date]] = field(default_factory=dict)
    evidence: Mapping[UUID, bool | None] = field(default_factory=dict)
    marks: Mapping[UUID, Sequence[tuple[date, bool]]] = field(default_factory=dict)
    incomes: Mapping[UUID, Mapping[date, Earned]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRules:
    """What the office says: which groups can take part, within how many days somebody is met, and what a raise is."""

    eligible: frozenset[SupportGroup]
    meeting_days: int
    few: int
    raises: RaiseRules = field(default_factory=RaiseRules)


def figures_of(facts: KpiFacts, rules: KpiRules, period: Period, today: date) -> tuple[Figure, ...]:
    """Every figure of a period; what is of a day is of its last one, or of today where that is earlier."""
    day = min(period.last, today)
    able = list(_able(facts, rules, period))
    meetings = list(_meetings(facts, rules, period, today))
    joined = {person for _, person, has_joined in able if has_joined}
    began = ((t.person_id, t.begins) for t in facts.takings if t.joins(period))
    compared = compare_all(began, facts.incomes, (period.first, day), rules.raises)
    makers: Mapping[Kpi, Callable[[], Iterable[Case]]] = {
        Kpi.PARTICIPATION: lambda: _participation(able),
        Kpi.JOB_OR_RAISE: lambda: _job_or_raise(facts, able, compared, period),
        Kpi.OTHER_HOUSEHOLDS: lambda: _other_households(facts, day),
        Kpi.LIFE: lambda: _life(facts, period),
        Kpi.RETAINED_3: lambda: _retained(facts, 3, period, today),
        Kpi.RETAINED_6: lambda: _retained(facts, 6, period, today),
        Kpi.EXIT: lambda: _exit(facts, able, joined, period),
        Kpi.MEETING: lambda: (case for case, _ in meetings),
        Kpi.PLANNED: lambda: _planned(facts, day),
        Kpi.PLAN_REVIEWS: lambda: _plan_reviews(facts, day),
        Kpi.OVERDUE: lambda: _overdue(facts, day),
        Kpi.EVIDENCE: lambda: _evidence(facts, period),
        Kpi.OVERRIDDEN: lambda: _overridden(facts, period),
    }
    waits = [days for _, days in meetings if days is not None]
    notes = {
        Kpi.MEETING: f"中央値 {median(waits):g}日" if waits else "",
        Kpi.JOB_OR_RAISE: raise_note((compared[person] for person in joined), rules.raises),
    }
    return tuple(
        Figure(kpi=kpi, cases=tuple(makers[kpi]()), note=notes.get(kpi, ""), few=rules.few)
        for kpi in Kpi
    )


def _final(spans: Iterable[GroupSpan]) -> Iterator[GroupSpan]:
    return (span for span in spans if span.decision.is_final)


def _able(facts: KpiFacts, rules: KpiRules, period: Period) -> Iterator[tuple[UUID, UUID, bool]]:
    """Household, person, whether joined: everybody who could take part."""
    takings: dict[UUID, list[Taking]] = {}
    for taking in facts.takings:
        takings.setdefault(taking.person_id, []).append(taking)
    lost = {t.person_id for t in facts.takings if _lost(t.outcome, t.ends, period)}
    lost |= {p.person_id for p in facts.plans if _lost(p.outcome, p.ended_on, period)}
    for person_id, spans in facts.spans.items():
        held = [
            span
            for span in _final(spans)
            if period.meets(span.begins, span.ends) and _counts_as_able(facts, rules, period, span)
        ]
        if not held:
            continue
        household_id = held[-1].decision.household_id
        has_joined = any(taking.joins(period) for taking in takings.get(person_id, ()))
        has_left = any(period.has(day) for day in facts.closed.get(household_id, ()))
        if has_joined or not (has_left or person_id in lost):
            yield household_id, person_id, has_joined


def _counts_as_able(facts: KpiFacts, rules: KpiRules, period: Period, span: GroupSpan) -> bool:
    """Of a group that counts, or of G1a or G1b while a mark said that the person can take part (7.2)."""
    group = span.decision.group
    if group in rules.eligible:
        return True
    if group not in MARKED_GROUPS:
        return False
    first = max(span.begins, period.first)
    last = period.last if span.ends is None else min(span.ends, period.last)
    marks = facts.marks.get(span.decision.person_id, ())
    ends = [since for since, _ in marks[1:]]
    return any(
        can_join and since <= last and (until is None or until > first) and until != since
        for (since, can_join), until in zip(marks, [*ends, None], strict=False)
    )


def _lost(outcome: CountsFor | None, on: date | None, period: Period) -> bool:
    return outcome is CountsFor.ABILITY_LOST and period.has(on)


def _participation(able: Iterable[tuple[UUID, UUID, bool]]) -> Iterator[Case]:
    for household_id, person_id, has_joined in able:
        words = "参加" if has_joined else "参加していない"
        yield Case(household_id=household_id, person_id=person_id, counts=has_joined, words=words)


def _job_or_raise(
    facts: KpiFacts,
    able: Iterable[tuple[UUID, UUID, bool]],
    compared: Mapping[UUID, Compared],
    period: Period,
) -> Iterator[Case]:
    """A recorded start of work or raise counts as before; without one, incomes by month may tell of a raise. Each person once."""
    found = {
        spell.person_id
        for spell in facts.spells
        if spell.way in _BETTER_WORK and period.has(spell.began)
    }
    found |= _ended_with(facts, _BETTER_WORK, period)
    for household_id, person_id, has_joined in able:
        if has_joined:
            incomes, is_found = compared[person_id], person_id in found
            yield Case(
                household_id=household_id,
                person_id=person_id,
                counts=is_found or incomes.is_raise,
                words=raise_words(incomes, is_recorded=is_found),
            )


def _ended_with(facts: KpiFacts, outcomes: Sequence[CountsFor], period: Period) -> set[UUID]:
    """Persons whose participation or plan ended so in the period."""
    ended = {
        *((t.person_id, t.outcome, t.ends) for t in facts.takings),
        *((p.person_id, p.outcome, p.ended_on) for p in facts.plans),
    }
    return {person for person, outcome, on in ended if outcome in outcomes and period.has(on)}


def _exit(
    facts: KpiFacts,
    able: Iterable[tuple[UUID, UUID, bool]],
    joined: set[UUID],
    period: Period,
) -> Iterator[Case]:
    left = _ended_with(facts, (CountsFor.EXIT,), period)
    for household_id, person_id, _ in able:
        if person_id in joined:
            counts = person_id in left
            yield Case(
                household_id=household_id,
                person_id=person_id,
                counts=counts,
                words="保護の廃止・停止（就労）" if counts else "",
            )


def _other_households(facts: KpiFacts, day: date) -> Iterator[Case]:
    period = Period(first=day, last=day)
    working = {w.household_id for w in facts.working if period.meets(w.begins, w.ends)}
    for household in facts.other_households:
        if period.meets(household.begins, household.ends):
            counts = household.household_id in working
            yield Case(
                household_id=household.household_id,
                person_id=None,
                counts=counts,
                words="働いている人がいる" if counts else "",
            )


def _life(facts: KpiFacts, period: Period) -> Iterator[Case]:
    better = _ended_with(facts, (CountsFor.LIFE,), period)
    seen: set[UUID] = set()
    for taking in facts.takings:
        is_in = taking.is_life and period.meets(taking.begins, taking.ends)
        if is_in and taking.person_id not in seen:
            seen.add(taking.person_id)
            counts = taking.person_id in better
            yield Case(
                household_id=taking.household_id,
                person_id=taking.person_id,
                counts=counts,
                words="改善" if counts else "",
            )


def _retained(facts: KpiFacts, months: int, period: Period, today: date) -> Iterator[Case]:
    for spell in facts.spells:
        day = months_later(spell.began, months)
        if not period.has(day) or day > today:
            continue
        answers = [answer for at, answer in sorted(spell.checks.items()) if at >= months]
        known = [answer for answer in answers if answer is not None]
        words = ("働いている" if known[0] else "辞めた") if known else "確認していない"
        yield Case(
            household_id=spell.household_id,
            person_id=spell.person_id,
            counts=bool(known) and known[0] is True,
            words=words,
        )


def _meetings(
    facts: KpiFacts, rules: KpiRules, period: Period, today: date
) -> Iterator[tuple[Case, int | None]]:
    """Decisions into G1 and G2 from another group, with the days until the household was next met."""
    for person_id, spans in facts.spans.items():
        before: str | None = None
        for span in spans:
            main, begins = span.decision.group.main, span.begins
            is_new = span.decision.is_final and main in HELPED and main != before
            before = main
            if not is_new or not period.has(begins):
                continue
            household_id = span.decision.household_id
            met = min(
                (d for d in facts.contacts.get(household_id, ()) if d >= begins), default=None
            )
            days = None if met is None else (met - begins).days
            limit = begins + timedelta(days=rules.meeting_days)
            if met is None and limit >= today:
                continue
            yield (
                Case(
                    household_id=household_id,
                    person_id=person_id,
                    counts=days is not None and days <= rules.meeting_days,
                    words="まだ" if days is None else f"{days}日",
                ),
                days,
            )


def _now(facts: KpiFacts, day: date) -> Iterator[tuple[UUID, GroupSpan]]:
    for person_id, spans in facts.spans.items():
        span = span_on(spans, day)
        if span is not None:
            yield person_id, span


def _planned(facts: KpiFacts, day: date) -> Iterator[Case]:
    with_plan = {plan.person_id for plan in facts.plans if plan.is_active(day)}
    for person_id, span in _now(facts, day):
        if span.decision.is_final and span.decision.group.main in HELPED:
            counts = person_id in with_plan
            yield Case(
                household_id=span.decision.household_id,
                person_id=person_id,
                counts=counts,
                words=f"{span.decision.group}　{'計画あり' if counts else '計画なし'}",
            )


def _plan_reviews(facts: KpiFacts, day: date) -> Iterator[Case]:
    for plan in facts.plans:
        if plan.is_active(day):
            yield Case(
                household_id=plan.household_id,
                person_id=plan.person_id,
                counts=plan.review_on >= day,
                words=f"見直し {plan.review_on:%Y/%m/%d}",
            )


def _overdue(facts: KpiFacts, day: date) -> Iterator[Case]:
    for person_id, span in _now(facts, day):
        decision = span.decision
        due = min(decision.next_review_on, decision.expires_on or decision.next_review_on)
        yield Case(
            household_id=decision.household_id,
            person_id=person_id,
            counts=due < day,
            words=f"{decision.group}　見直し {due:%Y/%m/%d}",
        )


def _evidence(facts: KpiFacts, period: Period) -> Iterator[Case]:
    for person_id, decision in _decided(facts, period):
        if decision.group in _NOT_JUDGED or decision.decision_id not in facts.evidence:
            continue
        fresh = facts.evidence[decision.decision_id]
        yield Case(
            household_id=decision.household_id,
            person_id=person_id,
            counts=fresh is True,
            words={True: "新しい意見あり", False: "意見が古い", None: "意見なし"}[fresh],
        )


def _overridden(facts: KpiFacts, period: Period) -> Iterator[Case]:
    for person_id, decision in _decided(facts, period):
        yield Case(
            household_id=decision.household_id,
            person_id=person_id,
            counts=decision.group is not decision.proposed,
            words=f"提案 {decision.proposed} → 決定 {decision.group}",
        )


def _decided(facts: KpiFacts, period: Period) -> Iterator[tuple[UUID, DecisionFact]]:
    for person_id, spans in facts.spans.items():
        for span in _final(spans):
            if period.has(span.begins):
                yield person_id, span.decision
