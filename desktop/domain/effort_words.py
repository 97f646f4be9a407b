"""Words of effort and key figures, as screens and papers say them. No value is called good or bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.domain.activities import EFFORT_WORK
from desktop.domain.effort import (
    INDICATOR,
    UNIT_OF,
    WANTED,
    EffortRow,
    EffortTable,
    Indicator,
    Wanted,
)
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.kpis import KPI, Dashboard, Figure

#: Not ▲, which stands for minus on the papers of an office.
UP, DOWN, SAME = "＋", "－", "―"
_WHOLE = frozenset(
    {Indicator.MINUTES, Indicator.DIRECT, Indicator.TOWARDS_WORK, Indicator.LIFE, Indicator.WORK}
)
_COUNTS = frozenset(
    {Indicator.ACCOMPANIED, Indicator.REFERRALS, Indicator.JOB_STARTS, Indicator.TO_WITH_HELP}
)
_SMALLEST = 0.05
_TABLES: Mapping[str, str] = {
    "kpi_targets": "KPIの目標",
    "kpi_groups": "事業参加率の対象の区分",
    "programmes": "支援事業",
    "standard_minutes": "業務時間の標準の分",
    "activity_kinds": "支援活動の種類",
}
NOT_KNOWN = "―"


def value_words(indicator: Indicator, value: float | None) -> str:
    """1,240分, 12.5％, 1.3回; ― where nothing can be said."""
    if value is None:
        return NOT_KNOWN
    places = 0 if indicator in _WHOLE | _COUNTS else 1
    return f"{value:,.{places}f}{UNIT_OF[indicator]}"


def change_words(row: EffortRow) -> str:
    """＋12.5％ against the baseline month."""
    if row.change is None:
        return NOT_KNOWN
    if abs(row.change) < _SMALLEST:
        return SAME
    sign = UP if row.change > 0 else DOWN
    return f"{sign}{value_words(row.indicator, abs(row.change))}"


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


def safety_words(table: EffortTable) -> str:
    """How many of the groups with less support were silent or seldom visited."""
    said = []
    for group in ("G3", "G4"):
        rows = [row for row in table.safety if row.group == group]
        silent = sum(row.is_silent for row in rows)
        few = sum(row.has_few_visits for row in rows)
        said.append(
            f"{group}：{len(rows)}人のうち、{table.silent_months}か月をこえて接触の記録がない人{silent}人、"
            f"1年の家庭訪問が{table.home_visits}回より少ない人{few}人。"
        )
    return "".join(said)


def figure_value(figure: Figure) -> str:
    """62.5％, with 参考値 where it is of few."""
    if figure.percent is None:
        return NOT_KNOWN
    return f"{figure.percent:.1f}％" + ("（参考値）" if figure.is_few else "")


def target_words(figure: Figure) -> str:
    """65％（未確認）; "" without a target."""
    if figure.target is None:
        return ""
    return f"{figure.target.percent}％" + ("" if figure.target.confirmed else "（未確認）")


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
    marked = "G1aとG1bは「参加できる人の印」がある人だけ数えます。"
    return (
        f"事業参加率の対象の区分：{groups}（設定値「事業参加率の対象の区分」）。{marked}"
        f"仮の区分は数えません。{open_ones}"
    )


def unconfirmed_words(tables: Sequence[str]) -> str:
    """Which settings are not confirmed; "" where all are."""
    return f"未確認の設定値：{'、'.join(_TABLES.get(t, t) for t in tables)}。" if tables else ""
