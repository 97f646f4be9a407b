"""Whether earned income rose since support began (増収, employment-support 7.2): two means of three months, or nothing.

The three whole months before the month of the start are compared with the three running months that end with the latest one known
since the start. A month without an amount is not known: with fewer than three on a side nobody is judged, and it is said which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of, months_from
from desktop.domain.income_months import Earned

_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseRules:
    """What the office says: by more than how many yen a month, and which of the two amounts is compared."""

    more_than: int = 0
    is_recognised: bool = False

    def amount(self, earned: Earned | None) -> int | None:
        """The amount that is compared; None where it is not known."""
        if earned is None:
            return None
        return earned.recognised if self.is_recognised else earned.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is known of three months before and of the latest three since: their amounts (yen), in order of time."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    latest: date | None
    more_than: int

    @property
    def is_known(self) -> bool:
        """Whether all six months are there."""
        return len(self.before) == len(self.after) == _MONTHS

    @property
    def is_raise(self) -> bool:
        """Whether the later mean is greater by more than the office's difference."""
        return self.is_known and sum(self.after) - sum(self.before) > _MONTHS * self.more_than

    def told(self) -> str:
        """Both means, or which months are missing."""
        if not self.is_known or self.latest is None:
            return (
                f"収入の月が足りません（開始前 {len(self.before)}/{_MONTHS}、"
                f"直近 {len(self.after)}/{_MONTHS}）"
            )
        first = months_later(self.latest, 1 - _MONTHS)
        return (
            f"月平均 {_mean(self.before):,}円→{_mean(self.after):,}円"
            f"（直近は{first:%Y/%m}〜{self.latest:%Y/%m}）"
        )


def compare(
    months: Mapping[date, Earned],
    began: date,
    within: tuple[date, date],
    rules: RaiseRules,
) -> Compared:
    """Compare the incomes of somebody whose support began on a day; the latest month lies `within` two days.

    Support that began in the middle of a month leaves that month out: it is neither before nor after.
    """
    known = {
        month: amount
        for month, earned in months.items()
        if (amount := rules.amount(earned)) is not None
    }
    since = month_of(began) if began.day == 1 else months_later(month_of(began), 1)
    first, last = max(since, month_of(within[0])), within[1]
    latest = max((m for m in known if first <= m <= last), default=None)
    before = months_from(months_later(month_of(began), -_MONTHS), _MONTHS)
    after = months_from(months_later(latest, 1 - _MONTHS), _MONTHS) if latest else ()
    return Compared(
        before=tuple(known[m] for m in before if m in known),
        after=tuple(known[m] for m in after if m in known and m >= since),
        latest=latest,
        more_than=rules.more_than,
    )


def earliest(began: date) -> date:
    """The first month that a comparison asks for."""
    return months_later(month_of(began), -_MONTHS)


def compare_all(
    began: Iterable[tuple[UUID, date]],
    incomes: Mapping[UUID, Mapping[date, Earned]],
    within: tuple[date, date],
    rules: RaiseRules,
) -> dict[UUID, Compared]:
    """Person → comparison, since the earliest of the days on which the person's support began."""
    first: dict[UUID, date] = {}
    for person_id, day in began:
        first[person_id] = min(day, first.get(person_id, day))
    return {
        person_id: compare(incomes.get(person_id, {}), day, within, rules)
        for person_id, day in first.items()
    }


def raise_words(compared: Compared, *, is_recorded: bool) -> str:
    """What the list says of somebody: a record of work begun or more earned, and both means where they are known."""
    if is_recorded:
        return "就労・増収の記録" + (f"　{compared.told()}" if compared.is_known else "")
    return f"増収　{compared.told()}" if compared.is_raise else compared.told()


def raise_note(compared: Iterable[Compared], rules: RaiseRules) -> str:
    """What is compared, and of how many nobody knows whether their income rose."""
    unknown = sum(not each.is_known for each in compared)
    what = "収入認定額" if rules.is_recognised else "総支給額"
    more = f"（月{rules.more_than:,}円をこえる差）" if rules.more_than else ""
    return f"増収は{what}で比較{more}" + (f"、月の不足で不明 {unknown:,}人" if unknown else "")


def _mean(amounts: tuple[int, ...]) -> int:
    """Whole yen, as amounts are written; the comparison itself is by the sums."""
    return sum(amounts) // _MONTHS
