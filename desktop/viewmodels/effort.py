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
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.fairness import MAINS, FairnessRow, FlipRow
from desktop.domain.group_flows import Flow, GroupFlows
from desktop.domain.kpis import KPI, CaseRow, Figure
from desktop.domain.programme_reviews import PROMOTION_ITEM, VERDICT, PromotionLine, ReviewLine
from desktop.viewmodels.columns import CENTER, RIGHT, Column

UP, DOWN, SAME = "▲", "▼", "―"
_WHOLE = frozenset(
    {Indicator.MINUTES, Indicator.DIRECT, Indicator.TOWARDS_WORK, Indicator.LIFE, Indicator.WORK}
)
_COUNTS = frozenset(
    {Indicator.ACCOMPANIED, Indicator.REFERRALS, Indicator.JOB_STARTS, Indicator.TO_WITH_HELP}
)
_SMALLEST = 0.05
NOT_KNOWN = "―"


def value_words(indicator: Indicator, value: float | None) -> str:
    """1,240分, 12.5％, 1.3回; ― where nothing can be said."""
    if value is None:
        return NOT_KNOWN
    places = 0 if indicator in _WHOLE | _COUNTS else 1
    return f"{value:,.{places}f}{UNIT_OF[indicator]}"


def change_words(row: EffortRow) -> str:
    """▲ 12.5％ against the baseline month."""
    if row.change is None:
        return NOT_KNOWN
    if abs(row.change) < _SMALLEST:
        return SAME
    sign = UP if row.change > 0 else DOWN
    return f"{sign} {value_words(row.indicator, abs(row.change))}"


def what_words(row: EffortRow) -> str:
    """What a line is about."""
    return EFFORT_WORK[row.work] if row.work is not None else INDICATOR[row.indicator]


def wanted_words(row: EffortRow) -> str:
    """Which way the working group wants it; "" where it is only watched."""
    return "" if row.wanted is Wanted.WATCH else WANTED[row.wanted]


def short_month(month: date) -> str:
    """R6.10."""
    return format_month(month, DateStyle.SHORT)


def short_day(day: date | None) -> str:
    """R6.10.8; 記録なし without one."""
    return format_date(day, DateStyle.SHORT) if day else "記録なし"


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


def figure_words(figure: Figure) -> str:
    """Of what a figure is made."""
    words = KPI[figure.kpi]
    return f"{words.label}　分子：{words.counted}　分母：{words.whole}"


def eligible_words(board: Dashboard) -> str:
    """Which groups are the denominator of participation, and what of the settings is not confirmed."""
    groups = "・".join(board.eligible) or "なし"
    open_ones = (
        f"　未確認の設定値：{'、'.join(_TABLES[t] for t in board.unconfirmed if t in _TABLES)}。"
        if board.unconfirmed
        else ""
    )
    return f"事業参加率の対象の区分：{groups}（設定値「事業参加率の対象の区分」）。仮の区分は数えません。{open_ones}"


_TABLES = {
    "kpi_targets": "KPIの目標",
    "kpi_groups": "事業参加率の対象の区分",
    "programmes": "支援事業",
    "standard_minutes": "業務時間の標準の分",
    "activity_kinds": "支援活動の種類",
}


def unconfirmed_words(tables: Sequence[str]) -> str:
    """Which settings are not confirmed; "" where all are."""
    return f"未確認の設定値：{'、'.join(_TABLES.get(t, t) for t in tables)}。" if tables else ""


CASES: Sequence[Column[CaseRow]] = (
    Column(header="世帯", text=lambda row: row.case_number),
    Column(header="氏名", text=lambda row: row.name),
    Column(header="地区", text=lambda row: row.district),
    Column(header="分子", text=lambda row: "○" if row.counts else "", align=CENTER),
    Column(header="内容", text=lambda row: row.words),
)

FLOWS: Sequence[Column[Flow]] = (
    Column(header="前", text=lambda flow: flow.before or "区分なし", align=CENTER),
    Column(header="後", text=lambda flow: flow.after or "区分なし", align=CENTER),
    Column(
        header="人数", text=lambda flow: f"{flow.persons:,}", sort=lambda f: f.persons, align=RIGHT
    ),
    Column(header="動き", text=lambda flow: _move_words(flow)),
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
    Column(header="", text=lambda row: row.label),
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

REVIEWS: Sequence[Column[ReviewLine]] = (
    Column(header="支援事業", text=lambda line: line.year.label),
    Column(header="参加", text=lambda line: f"{line.year.persons}人", align=RIGHT),
    Column(header="開始", text=lambda line: f"{line.year.began}", align=RIGHT),
    Column(header="終了", text=lambda line: f"{line.year.ended}", align=RIGHT),
    Column(header="時間（推計）", text=lambda line: f"{line.year.minutes:,}分", align=RIGHT),
    Column(header="費用", text=lambda line: cost_words(line), align=RIGHT),
    Column(
        header="結論", text=lambda line: VERDICT[line.review.given.verdict] if line.review else ""
    ),
    Column(header="承認", text=lambda line: approval_words(line)),
    Column(header="区分別の結果", text=lambda line: line.year.outcome_words()),
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
