"""How earned incomes of months read on screen."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.income_months import INCOME_SOURCE, IncomeMonth
from desktop.viewmodels.columns import RIGHT, Column

VOID, OLD, CORRECTED = "取消", "訂正前", "訂正"


def income_columns() -> Sequence[Column[IncomeMonth]]:
    """The list of months; the row that stands for a month comes before those that it put right."""
    return (
        Column(
            header="月",
            text=lambda i: format_month(i.month, DateStyle.SHORT),
            sort=lambda i: i.month,
            tone=_tone,
        ),
        Column(header="本人", text=lambda i: i.person, tone=_tone),
        Column(
            header="総支給額",
            text=lambda i: _yen(i.earned.gross if i.earned else None),
            sort=lambda i: i.earned.gross if i.earned else -1,
            tone=_tone,
            align=RIGHT,
        ),
        Column(
            header="収入認定額",
            text=lambda i: _yen(i.earned.recognised if i.earned else None),
            sort=lambda i: i.earned.recognised if i.earned and i.earned.recognised else -1,
            tone=_tone,
            align=RIGHT,
        ),
        Column(header="もとの書類", text=lambda i: INCOME_SOURCE[i.read_from], tone=_tone),
        Column(header="状態", text=state_text, tone=_tone),
    )


def state_text(income: IncomeMonth) -> str:
    """Whether another row stands for it, or what it does to an earlier one."""
    if income.is_old:
        return OLD
    if income.earned is None:
        return VOID
    return CORRECTED if income.is_correction else ""


def told(income: IncomeMonth) -> str:
    """Everything about a row."""
    amounts = VOID if income.earned is None else income.earned.told()
    state = state_text(income)
    head = (
        f"{income.person}　{format_month(income.month)}分　{amounts}"
        f"　{INCOME_SOURCE[income.read_from]}"
    )
    reason = f"訂正・取消の理由：{income.reason}" if income.reason else ""
    noted = f"記録 {income.noted_by}　{format_date(japan_day(income.noted_at))}"
    return "\n".join(part for part in (f"{head}　{state}".rstrip("　"), reason, noted) if part)


def _yen(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}円"


def _tone(income: IncomeMonth) -> str | None:
    return "muted" if income.is_old or income.earned is None else None
