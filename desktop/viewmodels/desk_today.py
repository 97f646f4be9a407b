"""Today's visits on the desk of a caseworker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_marks import VISIT_MARK_WORDS, VisitMark
from desktop.domain.visit_plan_views import MonthLine
from desktop.domain.working_time import HALF_LABEL
from desktop.viewmodels.columns import Column


def today_columns(purposes: Mapping[str, str]) -> tuple[Column[MonthLine], ...]:
    """When, whose, what for, who goes along."""
    return (
        Column(header="半日", text=_half),
        Column(header="ケース番号", text=lambda line: line.case_number),
        Column(header="世帯主", text=lambda line: line.head_name or SHIELDED_NAME),
        Column(header="目的", text=lambda line: _purposes(line, purposes)),
        Column(header="同行", text=lambda line: "、".join(line.partners)),
    )


def today_summary(lines: Sequence[MonthLine]) -> str:
    """How many there are."""
    return f"{len(lines)}件" if lines else ""


def _half(line: MonthLine) -> str:
    visit = line.visit
    half = HALF_LABEL[visit.half] if visit is not None and visit.half else ""
    absent = line.outcome.mark is VisitMark.ABSENT
    return f"{half}　{VISIT_MARK_WORDS[VisitMark.ABSENT]}" if absent else half


def _purposes(line: MonthLine, labels: Mapping[str, str]) -> str:
    codes = line.visit.purposes if line.visit is not None else ()
    return "、".join(labels.get(code, code) for code in codes)
