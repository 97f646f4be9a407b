"""What a supervisor reads before deciding about a yearly plan: load, floors, exceptions, differences, and how it came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import MonthLoad, PlanHousehold, PlanStep, YearPlan
from desktop.domain.visit_plans import PLAN_STATE
from desktop.viewmodels.visit_plans import name_of
from desktop.viewmodels.visit_plans_words import decider, deviation_words, unplanned_lines

_FULL = 100
NONE = "ありません。"
#: A heading and its lines.
Section = tuple[str, str]


def review_sections(plan: YearPlan, reasons: Mapping[UUID, VisitReason]) -> tuple[Section, ...]:
    """Heading and text, in the order in which they help to decide."""
    return (
        ("月ごとの負担（面接の時間、移動を除く）", _loads(plan.loads)),
        ("法定回数に足りない世帯（例外なし）", _listed(plan.short, _short)),
        ("例外とした世帯", _listed(plan.excepted, _excepted)),
        ("計画に入らない訪問", _unplanned(plan, reasons)),
        (
            "格付の基準と違う世帯",
            _listed((h for h in plan.households if h.differs_from_standard), _standard),
        ),
        (
            "前年度と違う世帯",
            _listed((h for h in plan.households if h.differs_from_last_year), _last_year),
        ),
        ("承認後の変更", deviation_words(plan) or NONE),
        ("経過", steps_text(plan.steps)),
    )


def _loads(loads: Iterable[MonthLoad]) -> str:
    lines = []
    for load in loads:
        percent = "－" if load.percent is None else f"{load.percent}%"
        over = "　▲ 時間が足りません" if (load.percent or 0) > _FULL else ""
        lines.append(f"{format_month(load.month)}　{load.visits}回　{percent}{over}")
    return "\n".join(lines)


def _listed(households: Iterable[PlanHousehold], said: Callable[[PlanHousehold], str]) -> str:
    lines = [f"・{h.case_number}　{name_of(h)}　{said(h)}" for h in households]
    return "\n".join(lines) or NONE


def _short(h: PlanHousehold) -> str:
    return f"法定 年{h.required}回に対し計画 {h.planned}回"


def _excepted(h: PlanHousehold) -> str:
    return f"{_short(h)}　{h.exception_label}　{h.exception_words}".rstrip()


def _standard(h: PlanHousehold) -> str:
    return f"{h.grade_label}　基準 年{h.standard}回に対し計画 {h.planned}回"


def _last_year(h: PlanHousehold) -> str:
    last = h.last_year
    parts = []
    if last.grade != h.grade:
        parts.append(f"格付 {last.grade or 'なし'}→{h.grade or 'なし'}")
    if last.planned is not None and last.planned != h.planned:
        parts.append(f"計画 {last.planned}回→{h.planned}回")
    parts.append(f"前年度の実施 {last.made}回")
    return "　".join(parts)


def _unplanned(plan: YearPlan, reasons: Mapping[UUID, VisitReason]) -> str:
    lines = []
    for line in unplanned_lines(plan, reasons):
        legal = "【法定】" if line.visit.is_statutory else ""
        who = f"{line.household.case_number}　{name_of(line.household)}"
        lines.append(f"・{legal}{who}　{line.why}　決める人：{decider(line)}")
    return "\n".join(lines) or NONE


def steps_text(steps: Iterable[PlanStep]) -> str:
    """The moves of a plan, one a line, with the words of a return."""
    lines = []
    for step in steps:
        day = format_date(step.at.date(), DateStyle.SHORT)
        position = f"（{step.position}）" if step.position else ""
        lines.append(
            f"・{day}　{PLAN_STATE[step.state]}　{step.by}{position}　{step.words}".rstrip()
        )
    return "\n".join(lines) or "まだ提出していません。"
