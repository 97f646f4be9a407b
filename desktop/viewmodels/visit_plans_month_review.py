"""What a supervisor reads before deciding about a month: its weeks, what does not fit, what is otherwise than the year's plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.era import DateStyle, format_date, weekday_name
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_month import HalfLoad
from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import DeviationRow, MonthLine, MonthPlan
from desktop.domain.visit_plans import DEVIATION, PlannedVisit
from desktop.domain.working_time import HALF_LABEL, Half
from desktop.viewmodels.visit_plans_review import NONE, Section, steps_text


def month_sections(plan: MonthPlan, reasons: Mapping[UUID, VisitReason]) -> tuple[Section, ...]:
    """Heading and text, in the order in which they help to decide."""
    return (
        ("週ごとの負担", _weeks(plan.loads)),
        ("面接だけで時間を超える半日", _over(plan.loads)),
        ("計画に入らない訪問", _visits(plan, plan.unplanned, _why(reasons))),
        ("期限を過ぎる訪問", _late(plan)),
        ("年間計画にあり、この月に入れていない訪問", _visits(plan, plan.difference.missing, _at)),
        ("年間計画のこの月になく、加えた訪問", _visits(plan, plan.difference.more, _at)),
        ("予告した訪問・同行のある訪問", _promised(plan)),
        ("承認後の変更", month_deviations(plan.deviations) or NONE),
        ("経過", steps_text(plan.steps)),
    )


def who_of(plan: MonthPlan, household_id: UUID) -> str:
    """How a household of the month is named: number and head."""
    name = plan.names.get(household_id)
    return f"{name.case_number}　{name.head_name or SHIELDED_NAME}" if name else "別の世帯"


def slot_words(day: date | None, half: Half | None) -> str:
    """R6.11.5（火）午前; 未定 where no day is known."""
    if day is None:
        return "未定"
    said = f"{format_date(day, DateStyle.SHORT)}（{weekday_name(day)}）"
    return f"{said}{HALF_LABEL[half]}" if half else said


def month_deviations(rows: Iterable[DeviationRow]) -> str:
    """Every change after the approval, the newest first, with the day it left and the day it went to."""
    lines = []
    for d in sorted(rows, key=lambda row: -row.number):
        before, after = slot_words(d.from_day, d.from_half), slot_words(d.to_day, d.to_half)
        said = f"{d.case_number}　{DEVIATION[d.change]}　{before}→{after}　{d.reason_label}"
        day = format_date(d.at.date(), DateStyle.SHORT)
        lines.append(f"・{said}　{day} {d.by}　{d.words}".rstrip())
    return "\n".join(lines)


def _weeks(loads: Iterable[HalfLoad]) -> str:
    found = defaultdict[date, list[HalfLoad]](list)
    for load in loads:
        found[load.day - timedelta(days=load.day.weekday())].append(load)
    lines = []
    for week in found.values():
        visits = sum(load.visits for load in week)
        minutes = sum(load.minutes for load in week)
        capacity = sum(load.capacity_minutes for load in week)
        share = f"{100 * minutes // capacity}%" if capacity else "－"
        first, last = (format_date(each.day, DateStyle.SHORT) for each in (week[0], week[-1]))
        lines.append(f"{first}～{last}　{visits}回　面接{minutes}分／{capacity}分（{share}）")
    return "\n".join(lines) or "訪問できる半日がありません。"


def _over(loads: Iterable[HalfLoad]) -> str:
    lines = [
        f"・▲ {slot_words(load.day, load.half)}　{load.visits}回　面接{load.minutes}分／{load.capacity_minutes}分"
        for load in loads
        if load.is_over
    ]
    return "\n".join(lines) or NONE


def _visits(
    plan: MonthPlan, visits: Iterable[PlannedVisit], said: Callable[[PlannedVisit], str]
) -> str:
    ordered = sorted(visits, key=lambda v: (not v.is_statutory, who_of(plan, v.household_id)))
    lines = [f"・{_legal(v)}{who_of(plan, v.household_id)}　{said(v)}" for v in ordered]
    return "\n".join(lines) or NONE


def _why(reasons: Mapping[UUID, VisitReason]) -> Callable[[PlannedVisit], str]:
    return lambda v: reasons[v.visit_id].words if v.visit_id in reasons else ""


def _at(visit: PlannedVisit) -> str:
    return slot_words(visit.day, visit.half)


def _late(plan: MonthPlan) -> str:
    lines = []
    for visit in (line.visit for line in plan.lines):
        if visit is not None and visit.day and visit.last_on and visit.day > visit.last_on:
            until = format_date(visit.last_on, DateStyle.SHORT)
            who = who_of(plan, visit.household_id)
            lines.append(f"・{_legal(visit)}{who}　{_at(visit)}　期限 {until}")
    return "\n".join(lines) or NONE


def _promised(plan: MonthPlan) -> str:
    lines = [
        f"・{who_of(plan, line.household_id)}　{_at(line.visit)}　{_with(line)}"
        for line in plan.lines
        if line.visit is not None and (line.visit.is_announced or line.partners)
    ]
    return "\n".join(lines) or NONE


def _with(line: MonthLine) -> str:
    announced = ("予告済み",) if line.visit is not None and line.visit.is_announced else ()
    return "、".join((*announced, *line.partners))


def _legal(visit: PlannedVisit) -> str:
    return "【法定】" if visit.is_statutory else ""
