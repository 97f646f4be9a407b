"""Rules about transfers (section 5.2, R14): nobody may be lost between two offices.

A household that lives in another office's area is asked about until a letter is under way; a letter is asked about until it
was sent, and then until the other office acknowledged it. The program closes no household and judges no address: it asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.households import HouseholdState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.transfers import (
    OWN_OFFICE,
    TRANSFER_STATE,
    TransferState,
    WelfareOffice,
    office_of_address,
)
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod, HouseholdStatePeriod
from desktop.models.transfers import TransferRecord
from desktop.services.masters import lookup
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.transfers.loading import step_since, terms

#: A letter written so long before the address came into the ledger is still about the same move.
_BEFORE_MOVE = timedelta(days=92)
_a, _t, _s = AddressPeriod, TransferRecord, HouseholdStatePeriod
_Later = aliased(AddressPeriod)
_NEWEST = ~exists().where(_Later.household_id == _a.household_id, _Later.valid_from > _a.valid_from)


class MovedWithoutTransfer:
    """R14: a household moved into another office's area, or was closed as it moved, and no letter was drafted."""

    info = RuleInfo(
        rule="R14",
        name="管外へ移って移管連絡のない世帯",
        severity=3,
        basis="住所がほかの福祉事務所の管内（設定値「ほかの福祉事務所」）になった世帯、または転居の前後に廃止した世帯で、"
        "しきい値 R14 の日数を過ぎて移管連絡がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household."""
        offices = tuple(lookup.welfare_offices(session, scope.office_id, scope.today).values())
        found = (
            select(*HOUSEHOLD, Household.state, _a.address, _a.valid_from, _s.valid_from)
            .join(_a, _a.household_id == Household.id)
            .outerjoin(_s, _closing(scope))
            .where(
                scope.households,
                _NEWEST,
                _a.valid_from < scope.days_ago(scope.limits.r14_days),
                or_(*_lies_in(offices), _closed_near(scope)),
                _is_alive(),
            )
            .order_by(Household.case_number)
        )
        moves = _last_moves(session, scope)
        for *household, state, address, moved_on, closed_on in session.execute(found):
            office = office_of_address(address, offices)
            if office is not None and office.code == OWN_OFFICE:
                continue
            if moves.get(household[0], date.min) >= moved_on - _BEFORE_MOVE:
                continue
            if office is None and abs((closed_on - moved_on).days) > scope.limits.r14_days:
                continue
            since = moved_on if office is not None else max(moved_on, closed_on)
            if since < scope.days_ago(scope.limits.r14_days):
                yield scope.finding(
                    self.info,
                    household,
                    _asked(state, since, in_area=office is not None),
                    since=since,
                    days=scope.since(since),
                )


class UnsentTransfer:
    """T01: a letter was drafted and not decided, or approved and not sent."""

    info = RuleInfo(
        rule="T01",
        name="送っていない移管連絡",
        severity=2,
        basis="起案した移管連絡が、しきい値（移管連絡の決裁・送付）の日数を過ぎて送付されていないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a letter."""
        unsent = (TransferState.DRAFTED, TransferState.RETURNED, TransferState.APPROVED)
        for household, transfer, days in _overdue(session, scope, unsent):
            yield scope.finding(
                self.info,
                household,
                f"移管連絡が「{TRANSFER_STATE[transfer.state]}」のまま{days}日たっています。いつ送りますか。",
                since=step_since(transfer),
                days=days,
            )


class UnacknowledgedTransfer:
    """T02: a letter was sent and the other office has not acknowledged it."""

    info = RuleInfo(
        rule="T02",
        name="受領の確認がない移管連絡",
        severity=3,
        basis="送付した移管連絡に、しきい値（移管連絡の受領確認）の日数を過ぎて受領の確認がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a letter."""
        for household, transfer, days in _overdue(session, scope, (TransferState.SENT,)):
            since = step_since(transfer)
            yield scope.finding(
                self.info,
                household,
                f"移管連絡を送付（{in_words(since)}）してから{days}日、移管先の受領を確認していません。"
                "本人の保護は途切れていませんか。",
                since=since,
                days=days,
            )


def _overdue(
    session: Session, scope: Scope, states: Sequence[TransferState]
) -> Iterator[tuple[tuple[Any, ...], TransferRecord, int]]:
    """Household, transfer and days of those whose present step takes longer than the office allows."""
    limits = terms(session, scope.office_id, scope.today)
    rows = session.execute(
        select(*HOUSEHOLD, _t)
        .join(_t, _t.household_id == Household.id)
        .where(scope.households, _t.state.in_(states))
        .order_by(_t.state_at, _t.id)
    )
    for *household, transfer in rows:
        since = step_since(transfer)
        due_on = limits.due_on(transfer.state, since)
        if due_on is not None and due_on < scope.today:
            yield tuple(household), transfer, scope.since(since)


def _lies_in(offices: Sequence[WelfareOffice]) -> Iterator[ColumnElement[bool]]:
    """The address begins as those of another office's area do."""
    for office in offices:
        for area in office.areas:
            if office.code != OWN_OFFICE:
                yield _a.address.startswith(area, autoescape=True)


def _closing(scope: Scope) -> ColumnElement[bool]:
    """The period in which a closed household is closed."""
    return and_(
        _s.household_id == Household.id,
        _s.state == HouseholdState.CLOSED,
        Household.state == HouseholdState.CLOSED,
        _s.valid_from <= scope.today,
        or_(_s.valid_to.is_(None), _s.valid_to >= scope.today),
    )


def _closed_near(scope: Scope) -> ColumnElement[bool]:
    """Closed within the time looked back, at an address that is not the first."""
    first = aliased(AddressPeriod)
    changed = exists().where(
        first.household_id == _a.household_id, first.valid_from < _a.valid_from
    )
    since = scope.days_ago(scope.limits.look_back_days)
    return and_(_s.valid_from >= since, changed)


def _is_alive() -> ColumnElement[bool]:
    """Somebody of the household lives."""
    return exists().where(
        Member.household_id == Household.id,
        Person.id == Member.person_id,
        Person.died_on.is_(None),
    )


def _last_moves(session: Session, scope: Scope) -> dict[Any, date]:
    """Household → the last day of a move for which there is a letter that was not withdrawn."""
    rows = session.execute(
        select(_t.household_id, _t.moved_on)
        .join(Household, Household.id == _t.household_id)
        .where(scope.households, _t.state != TransferState.WITHDRAWN)
        .order_by(_t.moved_on)
    )
    return {household_id: moved_on for household_id, moved_on in rows}  # noqa: C416 - rows are not pairs to the type checker


def _asked(state: HouseholdState, since: date, *, in_area: bool) -> str:
    if in_area:
        said = f"住所が{in_words(since)}からほかの福祉事務所の管内です。"
    else:
        said = f"転居と廃止が近い日（{in_words(since)}）にあります。"
    closed = "廃止になっていますが、" if state is HouseholdState.CLOSED and in_area else ""
    return f"{said}{closed}移管連絡がありません。移管先へ引き継ぎましたか。"
