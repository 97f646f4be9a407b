"""The month of a district as a list in route order, with what became of each visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from desktop.domain.carry_outs import CarryItem
from desktop.domain.era import DateStyle, format_date, weekday_name
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_marks import VISIT_MARK_WORDS, VisitMark, VisitOutcome
from desktop.domain.visit_plan_views import MonthLine, MonthPlan, PlanHead
from desktop.domain.visit_plans import PLAN_STATE, VISIT_KIND, PlanKind, PlanState
from desktop.domain.working_time import HALF_LABEL
from desktop.viewmodels.columns import Column
from desktop.viewmodels.visit_plans import LOCKED


def month_columns(purposes: Mapping[str, str]) -> tuple[Column[MonthLine], ...]:
    """Day, half, order, whose, sign, how long, what for, with whom, what came of it."""
    return (
        Column(header="日", text=day_text),
        Column(header="半日", text=_half),
        Column(header="順", text=_order),
        Column(header="ケース番号", text=lambda line: line.case_number),
        Column(header="世帯主", text=lambda line: line.head_name or SHIELDED_NAME),
        Column(header="格付", text=lambda line: line.grade),
        Column(
            header="計画と結果",
            text=lambda line: (
                f"{line.outcome.sign}{VISIT_MARK_WORDS[line.outcome.mark]}{_late(line)}"
            ),
            tone=_tone,
        ),
        Column(header="区分", text=_kind),
        Column(header="時間", text=_minutes),
        Column(
            header="目的・結果",
            text=lambda line: _what(line, purposes),
            tooltip=lambda line: _what(line, purposes),
        ),
    )


def month_words(plan: MonthPlan) -> str:
    """The month in one line: where it comes from, its state, and how much was done."""
    head = plan.head
    if head is None:
        return "計画はありません。"
    own = head.kind is PlanKind.MONTH
    source = (
        f"月間計画 {PLAN_STATE[head.state]}" if own else "月間計画はまだなく、年間計画の訪問です"
    )
    share = f"　実施率 {plan.percent}%" if plan.percent is not None else ""
    counts = f"計画 {plan.planned}　実施 {plan.done}　不在 {plan.absent}　計画外 {plan.extra}"
    missed = f"　▲ 計画に入らない訪問 {len(plan.unplanned)}件" if plan.unplanned else ""
    waiting = sum(line.revisit_by is not None for line in plan.lines)
    again = f"　▲ 再訪問を決めていない不在 {waiting}件" if waiting else ""
    changed = f"　承認後の変更 {len(plan.deviations)}件" if plan.deviations and own else ""
    return f"{source}{_by_whom(head)}　{counts}{share}{missed}{again}{changed}"


def month_returned(plan: MonthPlan) -> str:
    """The words of the last return while the month lies with its author."""
    head = plan.head
    if head is None or head.kind is not PlanKind.MONTH or head.state is not PlanState.RETURNED:
        return ""
    back = [step for step in plan.steps if step.state is PlanState.RETURNED]
    return f"差戻し（{back[-1].by}）：{back[-1].words}" if back else ""


def as_approved_month(plan: MonthPlan) -> MonthPlan:
    """The month as it was approved: without what became of it and without later changes; nothing can be done with it."""
    lines = [line for line in map(_as_approved, plan.lines) if line is not None]
    return replace(
        plan,
        lines=tuple(sorted(lines, key=_in_order)),
        deviations=(),
        moves=(),
        may_edit=False,
        may_deviate=False,
    )


def _as_approved(line: MonthLine) -> MonthLine | None:
    s = line.outcome.standing
    if s is None or s.is_added or s.approved_month is None:
        return None
    visit = replace(s.visit, month=s.approved_month, day=s.approved_day, half=s.approved_half)
    return replace(
        line,
        outcome=VisitOutcome(
            mark=VisitMark.PLANNED,
            household_id=line.household_id,
            month=s.approved_month,
            standing=replace(s, visit=visit, is_cancelled=False),
        ),
        reason_label="",
        moved_to=None,
        result_label="",
        recorded_on=None,
        checked_on=None,
        revisit_by=None,
    )


def _in_order(line: MonthLine) -> tuple[object, ...]:
    visit = line.visit
    day = visit.day if visit and visit.day else date.max
    half = visit.half.value if visit and visit.half else "zz"
    return (day, half, visit.place or 0 if visit else 0, line.case_number)


def _by_whom(head: PlanHead) -> str:
    if head.kind is not PlanKind.MONTH:
        return ""
    if head.state is PlanState.SUBMITTED and head.submitted_at is not None:
        return (
            f"（提出 {format_date(head.submitted_at.date(), DateStyle.SHORT)} {head.submitted_by}）"
        )
    if head.state is PlanState.APPROVED and head.decided_at is not None:
        return f"（承認 {format_date(head.decided_at.date(), DateStyle.SHORT)} {head.decided_by}）"
    return ""


def of_the_day(lines: Sequence[MonthLine], at_hand: MonthLine | None) -> tuple[MonthLine, ...]:
    """The visits still to be made on the day of the one at hand, in their order; of one without a day it alone."""
    visit = at_hand.visit if at_hand is not None and _is_to_do(at_hand) else None
    if visit is None or at_hand is None:
        return ()
    if visit.day is None:
        return (at_hand,)
    return tuple(
        line for line in lines if line.visit and line.visit.day == visit.day and _is_to_do(line)
    )


def carry_items(lines: Sequence[MonthLine]) -> tuple[CarryItem, ...]:
    """The households of these visits once each, with what they are visited for."""
    purposes: dict[UUID, tuple[str, ...]] = {}
    for line in lines:
        if line.visit is not None:
            known = purposes.get(line.household_id, ())
            purposes[line.household_id] = tuple(dict.fromkeys((*known, *line.visit.purposes)))
    return tuple(
        CarryItem(household_id=household_id, purposes=codes)
        for household_id, codes in purposes.items()
    )


def _is_to_do(line: MonthLine) -> bool:
    return line.visit is not None and line.outcome.mark not in {VisitMark.DONE, VisitMark.CANCELLED}


def day_text(line: MonthLine) -> str:
    """The planned day, else the day on which somebody went there."""
    visit, made = line.visit, line.made
    day = visit.day if visit is not None else None
    if day is None and made is not None:
        day = made.on
    return f"{format_date(day, DateStyle.SHORT)}（{weekday_name(day)}）" if day else "未定"


def _half(line: MonthLine) -> str:
    visit = line.visit
    return HALF_LABEL[visit.half] if visit is not None and visit.half else ""


def _order(line: MonthLine) -> str:
    visit = line.visit
    return str(visit.place) if visit is not None and visit.place else ""


def _kind(line: MonthLine) -> str:
    visit = line.visit
    if visit is None:
        return ""
    return f"{VISIT_KIND[visit.kind]}{LOCKED if visit.is_locked else ''}"


def _minutes(line: MonthLine) -> str:
    return f"{line.visit.minutes}分" if line.visit is not None else ""


def _late(line: MonthLine) -> str:
    return " 期限超過" if line.outcome.is_overdue else ""


def _tone(line: MonthLine) -> str | None:
    if line.outcome.is_overdue:
        return "error"
    tones = {VisitMark.DONE: "good", VisitMark.ABSENT: "warning", VisitMark.CANCELLED: "muted"}
    return tones.get(line.outcome.mark)


def _what(line: MonthLine, purposes: Mapping[str, str]) -> str:
    visit = line.visit
    parts = [purposes.get(code, code) for code in visit.purposes] if visit is not None else []
    said = "、".join(parts)
    together = f"同行：{'、'.join(line.partners)}" if line.partners else ""
    announced = "予告済み" if visit is not None and visit.is_announced else ""
    again = (
        f"▲ 再訪問の期限 {format_date(line.revisit_by, DateStyle.SHORT)}" if line.revisit_by else ""
    )
    moved = f"変更理由：{line.reason_label}" if line.reason_label else ""
    note = f"備考：{visit.note}" if visit is not None and visit.note else ""
    made = line.made
    went = (
        f"{format_date(made.on, DateStyle.SHORT)} {line.result_label}" if made is not None else ""
    )
    parts = [again, together, announced, said, went.strip(), moved, note]
    return "　".join(part for part in parts if part)
