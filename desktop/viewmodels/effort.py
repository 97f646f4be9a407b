"""Columns and words of the screen 業務と成果. Every minute is an estimate (推計); no value is called good or bad."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.effort import EffortRow, EffortTable
from desktop.domain.effort_words import (
    NOT_KNOWN,
    change_words,
    figure_value,
    short_day,
    short_month,
    target_words,
    value_words,
    wanted_words,
    what_words,
)
from desktop.domain.fairness import MAINS, FairnessRow, FlipRow
from desktop.domain.group_flows import Flow, GroupFlows
from desktop.domain.kpis import KPI, CaseRow, Figure
from desktop.domain.programme_reviews import PROMOTION_ITEM, VERDICT, PromotionLine, ReviewLine
from desktop.viewmodels.columns import CENTER, RIGHT, Column


def effort_columns(table: EffortTable) -> Sequence[Column[EffortRow]]:
    """Group, what, baseline, the months, the change, the direction."""
    months = tuple(
        Column[EffortRow](
            header=short_month(month),
            text=lambda row, at=at: value_words(row.indicator, row.values[at]),  # type: ignore[misc]
            align=RIGHT,
        )
        for at, month in enumerate(table.months)
    )
    return (
        Column(header="区分", text=lambda row: row.group or "全体", align=CENTER),
        Column(header="項目", text=what_words),
        Column(
            header=f"基準 {short_month(table.baseline)}",
            text=lambda row: value_words(row.indicator, row.baseline),
            align=RIGHT,
        ),
        *months,
        Column(header="基準との差", text=change_words, align=RIGHT),
        Column(header="方向", text=wanted_words, align=CENTER),
    )


FIGURES: Sequence[Column[Figure]] = (
    Column(header="指標", text=lambda f: KPI[f.kpi].label),
    Column(header="値", text=figure_value, sort=lambda f: f.percent, align=RIGHT),
    Column(header="分子", text=lambda f: f"{f.numerator:,}", align=RIGHT),
    Column(header="分母", text=lambda f: f"{f.denominator:,}", align=RIGHT),
    Column(header="目標", text=target_words, align=RIGHT),
    Column(header="備考", text=lambda f: f.note),
)


CASES: Sequence[Column[CaseRow]] = (
    Column(header="世帯", text=lambda row: row.case_number),
    Column(header="氏名", text=lambda row: row.name),
    Column(header="地区", text=lambda row: row.district),
    Column(header="分子", text=lambda row: "○" if row.counts else "", align=CENTER),
    Column(header="内容", text=lambda row: row.words),
)


#: The same where nothing is counted.
PEOPLE: Sequence[Column[CaseRow]] = tuple(c for c in CASES if c.header != "分子")


def _move_words(flow: Flow) -> str:
    if flow.before is None:
        return "新しく決まった"
    if flow.after is None:
        return "区分がなくなった"
    return "変わった" if flow.is_change else "変わらない"


FLOWS: Sequence[Column[Flow]] = (
    Column(header="前", text=lambda flow: flow.before or "区分なし", align=CENTER),
    Column(header="後", text=lambda flow: flow.after or "区分なし", align=CENTER),
    Column(
        header="人数", text=lambda flow: f"{flow.persons:,}", sort=lambda f: f.persons, align=RIGHT
    ),
    Column(header="動き", text=_move_words),
)


def flow_head(flows: GroupFlows) -> str:
    """The two days and how many moved."""
    moved = sum(flow.persons for flow in flows.flows if flow.is_change)
    return f"{short_day(flows.first)}から{short_day(flows.last)}まで：動いた人 {moved:,}人"


def _percent(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{value:.0f}％"


FAIRNESS: Sequence[Column[FairnessRow]] = (
    Column(header="分け方", text=lambda row: row.label),
    Column(
        header="人数",
        text=lambda row: f"{row.persons:,}" + ("（参考値）" if row.is_few else ""),
        sort=lambda row: row.persons,
        align=RIGHT,
    ),
    *(
        Column[FairnessRow](
            header=main,
            text=lambda row, main=main: _percent(row.mix[main]),  # type: ignore[misc]
            align=RIGHT,
        )
        for main in MAINS
    ),
    Column(
        header="GXの日数",
        text=lambda row: NOT_KNOWN if row.unknown_days is None else f"{row.unknown_days:.0f}日",
        align=RIGHT,
    ),
    Column(header="提案と違う", text=lambda row: _percent(row.overridden), align=RIGHT),
    Column(header="医学的根拠なし", text=lambda row: _percent(row.without_evidence), align=RIGHT),
    Column(header="見直し超過", text=lambda row: _percent(row.overdue), align=RIGHT),
)

FLIPS: Sequence[Column[FlipRow]] = (
    Column(header="組", text=lambda row: f"{row.number}", sort=lambda row: row.number, align=RIGHT),
    Column(header="区分", text=lambda row: row.group, align=CENTER),
    Column(header="世帯", text=lambda row: row.case_number),
    Column(header="氏名", text=lambda row: row.name),
    Column(header="地区", text=lambda row: row.district),
    Column(
        header="決定日", text=lambda row: short_day(row.decided_on), sort=lambda r: r.decided_on
    ),
)


def cost_words(line: ReviewLine) -> str:
    """The year's cost as the sheet has it."""
    cost = line.review.given.cost if line.review else None
    return "" if cost is None else f"{cost:,}円"


def approval_words(line: ReviewLine) -> str:
    """Whether the sheet is approved."""
    if line.review is None:
        return "まだ"
    return "済" if line.review.approved_at is not None else "承認待ち"


REVIEWS: Sequence[Column[ReviewLine]] = (
    Column(header="支援事業", text=lambda line: line.year.label),
    Column(header="参加", text=lambda line: f"{line.year.persons}人", align=RIGHT),
    Column(header="開始", text=lambda line: f"{line.year.began}", align=RIGHT),
    Column(header="終了", text=lambda line: f"{line.year.ended}", align=RIGHT),
    Column(header="時間（推計）", text=lambda line: f"{line.year.minutes:,}分", align=RIGHT),
    Column(header="費用", text=cost_words, align=RIGHT),
    Column(
        header="結論", text=lambda line: VERDICT[line.review.given.verdict] if line.review else ""
    ),
    Column(header="承認", text=approval_words),
    Column(header="区分別の結果", text=lambda line: line.year.outcome_words()),
)


PLAN: Sequence[Column[PromotionLine]] = (
    Column(header="項目", text=lambda line: PROMOTION_ITEM[line.item]),
    Column(
        header="目標",
        text=lambda line: _number(line.given.target if line.given else None),
        align=RIGHT,
    ),
    Column(
        header="結果",
        text=lambda line: _number(line.given.result if line.given else None),
        align=RIGHT,
    ),
    Column(header="いまの集計", text=lambda line: _number(line.counted), align=RIGHT),
    Column(header="備考", text=lambda line: line.given.remarks if line.given else ""),
)


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
