"""Rules about declarations (section 5.2, E01 to E04): what has not come by the cycle that each person was given.

Only households that receive protection are asked about, and persons who belong to them today. A noted reason never
silences a question: it is said with it. Where nobody was given a cycle, what the former system's ledger knew counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    DECLARATION_KIND,
    Cycle,
    DeclarationKind,
    Duty,
    due_day,
    month_end,
    month_of,
)
from desktop.domain.era import format_month
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.declarations import DeclarationDuty, DeclarationMissing, DeclarationReceipt
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import TakeOver
from desktop.models.papers import PaperRecord
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began

#: So many months back single months are asked about; what is older lies in the oldest of them.
_LOOK_BACK = 12
_HALF_A_YEAR = 6
_FEWEST_DAYS_A_MONTH = 28
_d, _r, _m, _p = DeclarationDuty, DeclarationReceipt, DeclarationMissing, PaperRecord


class MonthlyIncome:
    """E01: the income declaration of a month has not come ten days after the month's end."""

    info = RuleInfo(
        rule="E01",
        name="毎月の収入申告が出ていない世帯員",
        severity=2,
        basis="毎月の収入申告の周期を決めた世帯員で、対象月の末日から、しきい値 E01 の日数を過ぎて受領がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person, however many months are missing."""
        yield from _unreceived(session, scope, self.info, range(1, 3), scope.limits.e01_days)


class QuarterlyIncome:
    """E04: somebody in steady work declares every three months, and the last declaration is older than that."""

    info = RuleInfo(
        rule="E04",
        name="3か月より古い収入申告",
        severity=2,
        basis="3か月ごと（3か月から6か月）の収入申告の周期を決めた世帯員で、対象月の末日から、しきい値 E04 の日数を過ぎて受領がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person."""
        yield from _unreceived(session, scope, self.info, range(3, 7), scope.limits.e04_days)


class YearlyIncome:
    """E02: no income declaration in twelve months, of those who declare yearly or whom nobody gave a cycle."""

    info = RuleInfo(
        rule="E02",
        name="収入申告が1年出ていない世帯",
        severity=2,
        basis="最後の収入申告（台帳を引き継いだ世帯は、台帳にある日付）の月から、しきい値 E02 の月数を超えて受領がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household."""
        yield from _overdue(
            session, scope, self.info, DeclarationKind.INCOME, scope.limits.e02_months
        )


class YearlyAssets:
    """E03: no asset declaration in twelve months (課長通知 第3)."""

    info = RuleInfo(
        rule="E03",
        name="資産申告が1年出ていない世帯",
        severity=2,
        basis="最後の資産申告（台帳を引き継いだ世帯は、台帳にある日付）の月から、しきい値 E03 の月数を超えて受領がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household."""
        yield from _overdue(
            session, scope, self.info, DeclarationKind.ASSET, scope.limits.e03_months
        )


@dataclass(slots=True)
class _Open:
    """The months of one person that have not come."""

    household: tuple[Any, ...]
    months: list[date]
    explained: bool = False


def _unreceived(
    session: Session, scope: Scope, info: RuleInfo, cycle_months: range, days: int
) -> Iterator[Finding]:
    """Income declarations of cycles of so many months that have not come so many days after their month."""
    cycles = {
        code: cycle
        for code, cycle in _income_cycles(session, scope).items()
        if cycle.months in cycle_months
    }
    found: dict[tuple[UUID, UUID], _Open] = {}
    for month in _months_passed(scope.today, days):
        for duty, household, is_explained in _without_receipt(session, scope, list(cycles), month):
            if duty.falls_in(month, cycles[duty.cycle].months):
                key = (duty.household_id, duty.person_id)
                of_person = found.setdefault(key, _Open(household, []))
                of_person.months.append(month)
                of_person.explained |= is_explained
    for of_person in found.values():
        oldest = of_person.months[0]
        since = due_day(oldest, days)
        more = f"ほか{len(of_person.months) - 1}か月分" if len(of_person.months) > 1 else ""
        said = "出ない理由の記録があります。" if of_person.explained else ""
        yield scope.finding(
            info,
            of_person.household,
            f"{format_month(oldest)}分{more}の収入申告を受領していません。{said}本人の状況はどうですか。",
            since=since,
            days=scope.since(since),
        )


def _income_cycles(session: Session, scope: Scope) -> dict[str, Cycle]:
    cycles = lookup.declaration_cycles(session, scope.office_id, scope.today)
    return {code: c for code, c in cycles.items() if c.kind is DeclarationKind.INCOME}


def _months_passed(today: date, days: int) -> Iterator[date]:
    """The months of the last year whose end lies more than so many days back, the oldest first."""
    this_month = month_of(today)
    for back in range(_LOOK_BACK, 0, -1):
        month = months_later(this_month, -back)
        if due_day(month, days) < today:
            yield month


def _without_receipt(
    session: Session, scope: Scope, cycles: Sequence[str], month: date
) -> Iterator[tuple[Duty, tuple[Any, ...], bool]]:
    """Duties of these cycles that hold in a month for which nothing came; and whether a reason was noted."""
    received = exists().where(*_same(_r), _r.month == month, _r.struck_at.is_(None)).correlate(_d)
    explained = exists().where(*_same(_m), _m.month == month).correlate(_d)
    rows = session.execute(
        select(*HOUSEHOLD, _d.id, _d.person_id, _d.cycle, _d.valid_from, _d.valid_to, explained)
        .join(_d, _d.household_id == Household.id)
        .where(
            scope.active,
            _belongs(scope, month),
            _d.kind == DeclarationKind.INCOME,
            _d.cycle.in_(cycles),
            _d.valid_from <= month_end(month),
            or_(_d.valid_to.is_(None), _d.valid_to >= month),
            ~received,
        )
        .order_by(Household.case_number, _d.person_id)
    )
    for *household, duty_id, person_id, cycle, valid_from, valid_to, is_explained in rows:
        duty = Duty(
            duty_id=duty_id,
            household_id=household[0],
            person_id=person_id,
            kind=DeclarationKind.INCOME,
            cycle=cycle,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        yield duty, tuple(household), bool(is_explained)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """What is known of the last declaration of a household that may be overdue."""

    household: tuple[Any, ...]
    has_cycle: bool
    received_at: datetime | None
    in_ledger: date | None
    taken_over_on: date | None
    began: date | None
    joined: date | None = None

    def since(self) -> tuple[date, bool] | None:
        """The day from which the year runs, and whether it is that of a declaration."""
        declared = [self.in_ledger] if self.in_ledger else []
        if self.received_at is not None:
            declared.append(japan_day(self.received_at))
        other = [day for day in (self.began, self.joined) if day]
        if not declared and self.taken_over_on:
            other.append(self.taken_over_on)
        if not declared and not other:
            return None
        last = max(declared, default=date.min)
        return (last, True) if last >= max(other, default=date.min) else (max(other), False)


def _overdue(
    session: Session, scope: Scope, info: RuleInfo, kind: DeclarationKind, months: int
) -> Iterator[Finding]:
    cycles = lookup.declaration_cycles(session, scope.office_id, scope.today)
    yearly = [c.code for c in cycles.values() if c.kind is kind and _asks_yearly(c)]
    worst: dict[UUID, tuple[date, bool, _Last]] = {}
    for last in (
        *_persons(session, scope, kind, yearly, months),
        *_uncycled(session, scope, kind, months),
    ):
        found = last.since()
        if found is None or month_end(months_later(month_of(found[0]), months)) >= scope.today:
            continue
        known = worst.get(last.household[0])
        if known is None or found[0] < known[0]:
            worst[last.household[0]] = (*found, last)
    word = DECLARATION_KIND[kind]
    for since, is_declared, last in worst.values():
        what = f"最後の{word}" if is_declared else "保護の開始など、数え始めの日"
        more = "" if last.has_cycle else "申告の周期もまだ決められていません。"
        days = scope.since(since)
        yield scope.finding(
            info,
            last.household,
            f"{what}（{in_words(since)}）から{days}日、{word}を受領していません。{more}本人の状況はどうですか。",
            since=since,
            days=days,
        )


def _asks_yearly(cycle: Cycle) -> bool:
    """Assets in any cycle; income in those that E01 and E04 do not ask about."""
    return cycle.kind is DeclarationKind.ASSET or cycle.months > _HALF_A_YEAR


def _persons(
    session: Session, scope: Scope, kind: DeclarationKind, cycles: Sequence[str], months: int
) -> Iterator[_Last]:
    """Persons of these cycles from whom nothing has come for about so long."""
    lately = scope.before(months * _FEWEST_DAYS_A_MONTH)
    of_person = (*_same(_r), _r.struck_at.is_(None))
    came = exists().where(*of_person, _p.id == _r.paper_id, _p.received_at >= lately).correlate(_d)
    rows = session.execute(
        select(
            *HOUSEHOLD,
            _last_of(*of_person).correlate(_d).scalar_subquery(),
            *(_declared_on(kind), TakeOver.taken_over_on, period_began(scope), Member.valid_from),
        )
        .join(_d, _d.household_id == Household.id)
        .join(Member, and_(Member.household_id == Household.id, Member.person_id == _d.person_id))
        .join(Person, Person.id == _d.person_id)
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(
            scope.active,
            holds_on(Member, scope.today),
            Person.died_on.is_(None),
            _d.kind == kind,
            _d.cycle.in_(cycles),
            holds_on(_d, scope.today),
            ~came,
        )
    )
    for *household, at, in_ledger, taken_over_on, began, joined in rows:
        yield _Last(
            household=tuple(household),
            has_cycle=True,
            received_at=at,
            in_ledger=in_ledger,
            taken_over_on=taken_over_on,
            began=began,
            joined=joined,
        )


def _uncycled(
    session: Session, scope: Scope, kind: DeclarationKind, months: int
) -> Iterator[_Last]:
    """Households in which nobody was given a cycle of this kind, and from which nothing has come for about so long."""
    lately = scope.before(months * _FEWEST_DAYS_A_MONTH)
    given = exists().where(
        _d.household_id == Household.id, _d.kind == kind, holds_on(_d, scope.today)
    )
    of_household = (_r.household_id == Household.id, _r.kind == kind, _r.struck_at.is_(None))
    came = exists().where(*of_household, _p.id == _r.paper_id, _p.received_at >= lately)
    rows = session.execute(
        select(
            *HOUSEHOLD,
            _last_of(*of_household).correlate(Household).scalar_subquery(),
            *(_declared_on(kind), TakeOver.taken_over_on, period_began(scope)),
        )
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(scope.active, ~given, ~came)
    )
    for *household, at, in_ledger, taken_over_on, began in rows:
        yield _Last(
            household=tuple(household),
            has_cycle=False,
            received_at=at,
            in_ledger=in_ledger,
            taken_over_on=taken_over_on,
            began=began,
        )


def _last_of(*conditions: ColumnElement[bool]) -> Select[datetime]:
    """When the last paper of such receipts came."""
    return select(func.max(_p.received_at)).where(*conditions, _p.id == _r.paper_id)


def _declared_on(kind: DeclarationKind) -> InstrumentedAttribute[date | None]:
    """What the former system's ledger knew."""
    return (
        TakeOver.income_declared_on
        if kind is DeclarationKind.INCOME
        else TakeOver.assets_declared_on
    )


def _same(table: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a mapped class
    """The row tells of the duty's person and kind."""
    return (
        table.household_id == _d.household_id,
        table.person_id == _d.person_id,
        table.kind == _d.kind,
    )


def _belongs(scope: Scope, month: date) -> ColumnElement[bool]:
    """The duty's person belongs to the household today, and did when the month began or before it ended."""
    return (
        exists()
        .where(
            Member.household_id == _d.household_id,
            Member.person_id == _d.person_id,
            holds_on(Member, scope.today),
            Member.valid_from <= month_end(month),
            Person.id == _d.person_id,
            Person.died_on.is_(None),
        )
        .correlate(_d)
    )
