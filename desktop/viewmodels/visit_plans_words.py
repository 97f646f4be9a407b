"""What a yearly plan says in words: the visit at hand, its costs, a trial of a move, what could not be planned, the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.era import DateStyle, fiscal_year, fiscal_year_label, format_date, format_month
from desktop.domain.visit_plan_proposals import MoveTrial, PlanProposal, VisitReason
from desktop.domain.visit_plan_views import PlanHousehold, YearPlan
from desktop.domain.visit_plans import (
    DEVIATION,
    PLAN_STATE,
    VISIT_KIND,
    PlanKind,
    PlannedVisit,
    PlanState,
)
from desktop.domain.working_time import HALF_LABEL
from desktop.viewmodels.columns import Column
from desktop.viewmodels.visit_plans import name_of

#: The terms of a cost table, as `planning/costs.py` names them; a hundredth of a minute each.
_TERMS = {
    "travel": "移動",
    "due": "期日からのずれ",
    "spacing": "前後の訪問との間隔",
    "half_day": "この半日の不向き",
    "level": "月の混み具合",
    "points": "早い訪問の必要",
    "moved": "前の計画からの移動",
}
_MINUTE = 100
_NO_SLOT = "no_slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedLine:
    """A visit that could not be planned, with whose it is and why."""

    household: PlanHousehold = field(repr=False)
    visit: PlannedVisit
    why: str


def plan_words(plan: YearPlan) -> str:
    """The plan in one line: year, state, by whom, how much, and what keeps it from being handed in."""
    head = plan.head
    planned = sum(household.planned for household in plan.households)
    parts = [
        f"{fiscal_year_label(fiscal_year(head.first_on))}　{head.district_name}　{PLAN_STATE[head.state]}",
        f"{len(plan.households)}世帯 {planned:,}回",
    ]
    if head.state is PlanState.SUBMITTED and head.submitted_at is not None:
        parts.append(f"提出 {_day(head.submitted_at.date())} {head.submitted_by}")
    if head.state is PlanState.APPROVED and head.decided_at is not None:
        parts.append(f"承認 {_day(head.decided_at.date())} {head.decided_by}")
    if plan.short:
        parts.append(f"▲ 法定回数に足りない世帯 {len(plan.short)}")
    if plan.excepted:
        parts.append(f"例外 {len(plan.excepted)}世帯")
    if plan.deviations:
        parts.append(f"承認後の変更 {len(plan.deviations)}件")
    return "　".join(parts)


def returned_words(plan: YearPlan) -> str:
    """The words of the last return while the plan lies with its author."""
    if plan.head.state is not PlanState.RETURNED:
        return ""
    back = [step for step in plan.steps if step.state is PlanState.RETURNED]
    return (
        f"差戻し（{back[-1].by}）：{back[-1].words or '理由は世帯のファイルを開くと読めます。'}"
        if back
        else ""
    )


def visit_words(
    household: PlanHousehold, visit: PlannedVisit | None, purposes: Mapping[str, str]
) -> str:
    """The visit at hand: whose, when, how long, what for."""
    who = f"{household.case_number}　{name_of(household)}"
    if visit is None:
        return f"{who}　{household_words(household)}"
    parts = [who, f"{VISIT_KIND[visit.kind]}　{_when(visit)}　{visit.minutes}分"]
    if visit.purposes:
        parts.append("目的：" + "、".join(purposes.get(code, code) for code in visit.purposes))
    if visit.is_statutory:
        parts.append("法定回数に数える訪問")
    if visit.is_announced:
        parts.append("予告済み")
    if visit.is_locked:
        parts.append("動かさない訪問")
    if visit.note:
        parts.append(f"備考：{visit.note}")
    return "　".join(parts)


def household_words(household: PlanHousehold) -> str:
    """A household's year against its grade, the law and the year before."""
    standard = f"格付の基準 年{household.standard}回" if household.standard else "基準なし"
    last = household.last_year
    before = f"前年度 計画{last.planned}回・" if last.planned is not None else "前年度 "
    parts = [
        f"{household.grade_label or '格付なし'}（{standard}）",
        f"計画 {household.planned}回、法定 {household.required}回",
        f"{before}実施{last.made}回",
    ]
    if household.last_met_on is not None:
        parts.append(f"最後に会った日 {_day(household.last_met_on)}")
    if household.exception:
        parts.append(f"例外：{household.exception_label} {household.exception_words}".rstrip())
    return "　".join(parts)


def cost_lines(reason: VisitReason | None) -> tuple[tuple[str, str], ...]:
    """The stored cost table, term by term in minutes, with what they come to; nothing where none is stored."""
    costs = reason.costs if reason is not None else {}
    if not costs:
        return ()
    lines = [(label, _minutes(costs.get(term, 0))) for term, label in _TERMS.items()]
    return (*lines, ("合計", _minutes(sum(costs.get(term, 0) for term in _TERMS))))


def trial_words(trial: MoveTrial, names: Mapping[UUID, str]) -> str:
    """What a move takes: cost, broken rules, and who else would have to move."""
    at = _trial_at(trial)
    parts = [f"{at}に移すと："]
    if trial.change_minutes is not None:
        parts.append(f"費用 {trial.change_minutes:+d}分相当。")
    if trial.broken:
        parts.append(f"▲ 守れない決まり：{'、'.join(trial.broken)}。".replace("。。", "。"))
    for mover in trial.moved:
        then = mover.after or "計画から外れます"
        parts.append(f"{names.get(mover.household_id, '別の世帯')}：{mover.before}→{then}。")
    if trial.is_free and not trial.moved:
        parts.append("守れない決まりはなく、ほかの訪問も動きません。")
    return "".join(parts)


def proposal_words(proposal: PlanProposal) -> str:
    """What a proposal would do, before it is taken over."""
    travel, moved = proposal.travel_minutes, len(proposal.moves)
    said = [f"計画 {proposal.planned:,}回、移動 {travel // 60:,}時間{travel % 60}分。"]
    said.append(f"入らない訪問 {len(proposal.unplanned)}件。")
    said.append(
        f"いまの計画から動く訪問 {moved}件。" if moved else "いまの計画から動く訪問はありません。"
    )
    return "".join((*said, *(f"\n・{finding}" for finding in proposal.findings)))


def unplanned_lines(
    plan: YearPlan, reasons: Mapping[UUID, VisitReason]
) -> tuple[UnplannedLine, ...]:
    """Everything that could not be planned, statutory visits first."""
    return tuple(
        UnplannedLine(
            household=household,
            visit=visit,
            why=reasons[visit.visit_id].words if visit.visit_id in reasons else visit.unplanned,
        )
        for household, visit in plan.unplanned
    )


def unplanned_columns() -> tuple[Column[UnplannedLine], ...]:
    """Whose visit, what it is, by when, why it is not in the plan, and who must decide."""
    return (
        Column(header="ケース番号", text=lambda u: u.household.case_number),
        Column(header="世帯主", text=lambda u: name_of(u.household)),
        Column(
            header="区分",
            text=lambda u: "法定" if u.visit.is_statutory else "格付など",
            tone=lambda u: "error" if u.visit.is_statutory else None,
        ),
        Column(header="期限", text=lambda u: _day(u.visit.last_on) if u.visit.last_on else "－"),
        Column(header="入らない理由", text=lambda u: u.why, tooltip=lambda u: u.why),
        Column(header="決める人", text=decider, tooltip=decider),
    )


def decider(line: UnplannedLine) -> str:
    """Who must decide (visit-planning 4.4): the law's own visits and hours that are short are the supervisor's."""
    if line.visit.is_statutory:
        return "査察指導員（決まらなければ所長）"
    return "担当員（曜日や同行を見直す）" if line.visit.unplanned == _NO_SLOT else "査察指導員"


def deviation_words(plan: YearPlan) -> str:
    """Every change after the approval, the newest first."""
    lines = []
    for d in reversed(plan.deviations):
        before = format_month(d.from_month) if d.from_month else "－"
        after = format_month(d.to_month) if d.to_month else "－"
        said = f"{d.case_number}　{DEVIATION[d.change]}　{before}→{after}　{d.reason_label}"
        lines.append(f"・{said}　{_day(d.at.date())} {d.by}　{d.words}".rstrip())
    return "\n".join(lines)


def _when(visit: PlannedVisit) -> str:
    if visit.month is None:
        return "計画に入っていません"
    if visit.day is None:
        return format_month(visit.month)
    half = HALF_LABEL[visit.half] if visit.half else ""
    return f"{format_month(visit.month)}（いまの割付け {_day(visit.day)}{half}）"


def _trial_at(trial: MoveTrial) -> str:
    if trial.day is None:
        return format_month(trial.month)
    half = HALF_LABEL[trial.half] if trial.half else ""
    return f"{format_month(trial.month)}（{_day(trial.day)}{half}）"


def _minutes(hundredths: int) -> str:
    return f"{round(hundredths / _MINUTE):+d}分"


def _day(day: date) -> str:
    return format_date(day, DateStyle.SHORT)


def title_of(kind: PlanKind, first_on: date) -> str:
    """令和6年度 or 令和6年11月."""
    if kind is PlanKind.YEAR:
        return fiscal_year_label(fiscal_year(first_on))
    return format_month(first_on)
