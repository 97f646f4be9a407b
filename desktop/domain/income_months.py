"""Earned income of a month (就労収入): what somebody earned in a month, as a pay slip or a declaration says it.

Zero is an income of nothing; a month that has no row, or whose row was taken back, is not known and never counted as zero.
Rows are only added: a correction names the row it stands for, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.activities import ActivityPerson
from desktop.domain.declarations import PAPER_KIND, DeclarationKind
from desktop.domain.employment_spells import MOST_YEN
from desktop.domain.referrals import too_long

KNOWN_ALREADY = "この月の収入はもう記録されています。直すときは一覧でその月を選び、「訂正（E）」を押してください。"
PUT_RIGHT = "この月の収入は、ほかの人が直しています。最新の一覧を確認してください。"
TAKEN_BACK = "この月の収入は、もう取り消されています。"
GONE = "この収入は見つからないか、この世帯のものではありません。"
NOT_HERS = "この世帯の人を選んでください。"
NOT_YOURS = "この世帯は担当する世帯ではありません。ファイルを開いて記録してください。"


class IncomeSource(StrEnum):
    """What an amount was read from."""

    PAY_SLIP = "pay_slip"
    DECLARATION = "declaration"
    OTHER = "other"


INCOME_SOURCE: Mapping[IncomeSource, str] = {
    IncomeSource.PAY_SLIP: "給与明細",
    IncomeSource.DECLARATION: "収入申告書",
    IncomeSource.OTHER: "その他",
}
#: Kinds of received papers that say what somebody earned.
INCOME_PAPERS: Mapping[str, IncomeSource] = {
    "pay_slip": IncomeSource.PAY_SLIP,
    PAPER_KIND[DeclarationKind.INCOME]: IncomeSource.DECLARATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """The earned income of a month (yen): everything before deductions, and what of it the office recognised (収入認定額), if known."""

    gross: int
    recognised: int | None = None

    def told(self) -> str:
        """Both amounts in words."""
        recognised = "未入力" if self.recognised is None else f"{self.recognised:,}円"
        return f"総支給額 {self.gross:,}円、収入認定額 {recognised}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeMonth:
    """A row of a month (its first day). Without `earned` it takes the month's amount back; `is_old` where a later row stands for it."""

    income_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    month: date
    earned: Earned | None = field(repr=False)
    read_from: IncomeSource
    noted_by: str = field(repr=False)
    noted_at: datetime
    reason: str = field(default="", repr=False)
    is_correction: bool = False
    is_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeInput:
    """An amount to be kept. `replaces_id` with a reason puts another row right; `earned` None takes that one back."""

    income_id: UUID
    household_id: UUID
    person_id: UUID
    month: date
    earned: Earned | None = field(repr=False)
    read_from: IncomeSource
    replaces_id: UUID | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIncomes:
    """The rows of a household, the latest month first, with those that were put right."""

    people: tuple[ActivityPerson, ...]
    months: tuple[IncomeMonth, ...]
    may_write: bool


def income_errors(given: IncomeInput, today: date) -> dict[str, str]:
    """Field → sentence for what a row may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if given.month.day != 1 or given.month > today:
        errors["month"] = "今月までの月を選んでください。"
    if given.earned is None:
        if given.replaces_id is None:
            errors["gross"] = "総支給額を入力してください。"
    else:
        errors |= _amount_errors(given.earned)
    if given.replaces_id is not None and not given.reason.strip():
        errors["reason"] = "訂正・取消の理由を入力してください。"
    return errors | too_long({"reason": given.reason})


def _amount_errors(earned: Earned) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= earned.gross <= MOST_YEN:
        errors["gross"] = f"0から{MOST_YEN:,}円までにしてください。"
    if earned.recognised is not None and not 0 <= earned.recognised <= earned.gross:
        errors["recognised"] = "収入認定額は、0円から総支給額までにしてください。"
    return errors
