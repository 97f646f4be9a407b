"""What does not fit, said openly: visits without any half-day, hours short, the law's floor, and what was left out by points.

Over capacity is a normal result. Every finding names who must decide; planned and unplanned are always all visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.planning.plans import Cause, PlannedPeriod, UnplannedVisit
from desktop.planning.pricing import Pricing
from desktop.planning.problem import PlanningProblem, Visit
from desktop.planning.reasons import REASON_WORDS, Reason

_HOUR = 60
_TENTHS = 10


class Decider(StrEnum):
    """Who must decide on a finding."""

    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"


_RELAXED = {
    Reason.HOUSEHOLD: "世帯と相談して別の曜日・時間帯を認める",
    Reason.PARTNER: "同行をやめるか、同行者を変える",
    Reason.TOO_LONG: "一日がかりの訪問として半日を二つ続ける",
    Reason.PINNED: "約束または固定を別の半日に変える",
    Reason.WINDOW: "訪問できる期間を広げる",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSlot:
    """A visit that has no legal half-day even in an empty plan; `relax` names the rules of which one alone would open one."""

    visit: str
    relax: tuple[Reason, ...]
    decider: Decider = Decider.CASEWORKER

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        ways = "、または".join(_RELAXED.get(reason, REASON_WORDS[reason]) for reason in self.relax)
        if not ways:
            ways = "訪問できる半日を増やす"
        return f"{self.visit}は入れられる半日がありません。{ways}必要があります。"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShort:
    """A month in which time is short: minutes needed and there, minutes short, and the half-days that would clear it."""

    month: date
    needed_minutes: int
    available_minutes: int
    short_minutes: int
    half_days: int
    decider: Decider = Decider.SUPERVISOR

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        return (
            f"{self.month.month}月は{_hours(self.needed_minutes)}必要で、使えるのは{_hours(self.available_minutes)}です。"
            f"あと半日{self.half_days}回({_hours(self.short_minutes)})で解消します。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorMissed:
    """A visit of the law that found no half-day: the plan cannot be approved silently."""

    visit: str
    household: str
    latest: date
    decider: Decider = Decider.SUPERVISOR
    then: Decider = Decider.DIRECTOR

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        return (
            f"{self.household}の法定の訪問({self.latest.month}/{self.latest.day}まで)を計画できません。"
            "半日を増やす、ほかの担当者が行く、理由を付けて延期の決裁を受ける、のいずれかを査察指導員が決めます。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An optional visit that was left out, in order of its need points."""

    visit: str
    points: int
    cause: Cause

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        why = "間隔が近すぎる" if self.cause is Cause.SPACING else "時間が足りない"
        return f"{self.visit}({self.points}点)は{why}ため、今回の計画から外れています。"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityReport:
    """Everything that did not fit, in the order in which it is to be looked at."""

    no_slot: tuple[NoSlot, ...]
    months: tuple[MonthShort, ...]
    floors: tuple[FloorMissed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def fits(self) -> bool:
        """Whether every visit is planned."""
        return not (self.no_slot or self.floors or self.left_out)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All findings in words."""
        return tuple(
            finding.words
            for findings in (self.no_slot, self.months, self.floors, self.left_out)
            for finding in findings
        )


def capacity_report(problem: PlanningProblem, period: PlannedPeriod) -> CapacityReport:
    """Return what of the plan's problem did not fit, and what would clear it."""
    pricing = Pricing(problem)
    visits = {visit.code: visit for visit in problem.visits}
    without = [missed for missed in period.unplanned if missed.cause is Cause.NO_SLOT]
    crowded = [missed for missed in period.unplanned if missed.cause is not Cause.NO_SLOT]
    numbers = {visit.code: number for number, visit in enumerate(problem.visits)}
    return CapacityReport(
        no_slot=tuple(
            NoSlot(visit=missed.visit, relax=_relax(pricing, numbers[missed.visit]))
            for missed in without
        ),
        months=_months(problem, period, [visits[missed.visit] for missed in crowded]),
        floors=tuple(
            FloorMissed(
                visit=missed.visit,
                household=visits[missed.visit].household,
                latest=visits[missed.visit].latest,
            )
            for missed in period.unplanned
            if missed.statutory
        ),
        left_out=tuple(
            LeftOut(visit=missed.visit, points=missed.points, cause=missed.cause)
            for missed in sorted(crowded, key=_by_points)
            if not missed.statutory
        ),
    )


def _by_points(missed: UnplannedVisit) -> tuple[int, str]:
    return missed.points, missed.visit


def _relax(pricing: Pricing, number: int) -> tuple[Reason, ...]:
    """The rules that each alone keep some half-day closed; a wider window only where nothing else would do."""
    alone: set[Reason] = set()
    for slot in range(len(pricing.problem.slots)):
        reasons = list(pricing.closings(number, slot))
        if len(reasons) == 1:
            alone.add(reasons[0])
    if alone - {Reason.WINDOW}:
        alone.discard(Reason.WINDOW)
    return tuple(sorted(alone))


def _months(
    problem: PlanningProblem, period: PlannedPeriod, crowded: list[Visit]
) -> tuple[MonthShort, ...]:
    """Per month of their due dates the time that the visits left out for want of it would take."""
    minutes = {visit.code: visit.minutes for visit in problem.visits}
    way = period.travel_minutes // max(1, len(period.planned))
    slots = [slot for slot in problem.slots if slot.minutes]
    usual = sum(slot.minutes for slot in slots) // max(1, len(slots)) or 1
    short: dict[date, int] = {}
    for visit in crowded:
        month = max(problem.first, min(visit.due, visit.latest)).replace(day=1)
        short[month] = short.get(month, 0) + visit.minutes + way
    found = []
    for month, missing in sorted(short.items()):
        used = sum(
            minutes[planned.visit] + way
            for planned in period.planned
            if planned.at.day.replace(day=1) == month
        )
        found.append(
            MonthShort(
                month=month,
                needed_minutes=used + missing,
                available_minutes=sum(
                    slot.minutes for slot in slots if slot.at.day.replace(day=1) == month
                ),
                short_minutes=missing,
                half_days=-(-missing // usual),
            )
        )
    return tuple(found)


def _hours(minutes: int) -> str:
    """12.5時間, in tenths rounded up."""
    tenths = -(-minutes * _TENTHS // _HOUR)
    return f"{tenths // _TENTHS}.{tenths % _TENTHS}時間"
