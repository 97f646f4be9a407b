"""Rules about inquiries (関係先調査, section 5.4): unanswered past due, answered and unread, waiting to leave, asked again.

They look at facts only: whom the office asked when. Asking the same again is nobody's fault; it is pointed out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.inquiries import CLOSED, INQUIRY_STATE, Agency, InquiryState, inquiry_label
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.inquiries import Inquiry, InquiryStepRecord
from desktop.services.masters import lookup
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words

_i = Inquiry
_WAITING = (InquiryState.DRAFTED, InquiryState.RETURNED, InquiryState.APPROVED)
_WHO = {
    InquiryState.DRAFTED: "だれの承認を待っていますか。",
    InquiryState.RETURNED: "書き直しますか、取りやめますか。",
    InquiryState.APPROVED: "いつ発送しますか。",
}


class UnansweredInquiry:
    """I01: the day by which an answer was asked for has passed, and none came."""

    info = RuleInfo(
        rule="I01",
        name="回答の期限を過ぎた照会",
        severity=2,
        basis="発送した照会で、回答の期限からしきい値 I01 の日数を過ぎて回答の記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an inquiry; a reminder is said with it and does not silence it."""
        limit = scope.days_ago(scope.limits.i01_days)
        agencies = _agencies(session, scope)
        for inquiry, household in _found(
            session, scope, _i.state == InquiryState.SENT, _i.due_on < limit
        ):
            again = f"督促は{inquiry.reminders}回です。" if inquiry.reminders else ""
            yield scope.finding(
                self.info,
                household,
                f"{_name(inquiry, agencies)}の回答の期限（{in_words(inquiry.due_on)}）を過ぎています。{again}督促しますか。",
                since=inquiry.due_on,
                days=scope.since(inquiry.due_on),
                staff_id=inquiry.asked_by,
            )


class UnreadAnswer:
    """I02: an answer came, and nobody noted what follows from it."""

    info = RuleInfo(
        rule="I02",
        name="確認していない回答",
        severity=2,
        basis="回答を記録してから、しきい値 I02 の日数を超えて確認の記録がない照会",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an inquiry."""
        before = scope.before(scope.limits.i02_days)
        agencies = _agencies(session, scope)
        for inquiry, household in _found(
            session, scope, _i.state == InquiryState.ANSWERED, _i.answered_at < before
        ):
            day = japan_day(inquiry.answered_at) if inquiry.answered_at else scope.today
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"{_name(inquiry, agencies)}の回答を記録してから{days}日、確認の記録がありません。何が分かりましたか。",
                since=day,
                days=days,
                staff_id=inquiry.asked_by,
            )


class WaitingInquiry:
    """I03: a draft waits for a word, a returned one for its author, an approved letter to be sent."""

    info = RuleInfo(
        rule="I03",
        name="発送していない照会",
        severity=1,
        basis="起案・差戻し・承認から、しきい値 I03 の日数を超えてそのままの照会",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Days run from the last step."""
        before = scope.before(scope.limits.i03_days)
        agencies = _agencies(session, scope)
        s = InquiryStepRecord
        rows = session.execute(
            select(_i, s.at, *HOUSEHOLD)
            .join(Household, Household.id == _i.household_id)
            .join(s, and_(s.inquiry_id == _i.id, s.number == _i.step))
            .where(scope.households, _i.state.in_(_WAITING), s.at < before)
            .order_by(s.at)
        )
        for inquiry, at, *household in rows:
            day = japan_day(at)
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"{_name(inquiry, agencies)}が{days}日、「{INQUIRY_STATE[inquiry.state]}」のままです。{_WHO[inquiry.state]}",
                since=day,
                days=days,
                staff_id=inquiry.asked_by,
            )


class AskedAgain:
    """I04: the same agency is asked about the same person again within the office's days, while the new one is open."""

    info = RuleInfo(
        rule="I04",
        name="重なっている照会",
        severity=1,
        basis="同じ人について同じ照会先へ、しきい値「同じ照会を知らせる日数」の内にもう一度起案し、まだ終わっていない照会",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question for the newer one, naming the last before it."""
        agencies = _agencies(session, scope)
        for earlier, inquiry, household in _pairs(session, scope):
            day, before = japan_day(inquiry.asked_at), japan_day(earlier.asked_at)
            label = inquiry_label(earlier.fiscal_year, earlier.number)
            yield scope.finding(
                self.info,
                household,
                f"{_name(inquiry, agencies)}は、{in_words(before)}の {label} と同じ人・同じ照会先です。もう一度聞くのはなぜですか。",
                since=day,
                days=scope.since(day),
                staff_id=inquiry.asked_by,
            )


def _pairs(session: Session, scope: Scope) -> Iterator[tuple[Inquiry, Inquiry, tuple[Any, ...]]]:
    """The last earlier inquiry and the open one that asks the same."""
    e = aliased(Inquiry)
    rows = session.execute(
        select(e, _i, *HOUSEHOLD)
        .join(Household, Household.id == _i.household_id)
        .join(e, and_(e.person_id == _i.person_id, e.agency == _i.agency, e.id != _i.id))
        .where(
            scope.households,
            _i.state.not_in(CLOSED),
            e.state != InquiryState.WITHDRAWN,
            e.asked_at < _i.asked_at,
        )
        .order_by(_i.asked_at, _i.id, e.asked_at)
    )
    last: dict[UUID, tuple[Inquiry, Inquiry, tuple[Any, ...]]] = {}
    for earlier, inquiry, *household in rows:
        apart = japan_day(inquiry.asked_at) - japan_day(earlier.asked_at)
        if apart.days <= scope.limits.inquiry_again_days:
            last[inquiry.id] = (earlier, inquiry, tuple(household))
    yield from last.values()


def _found(
    session: Session, scope: Scope, *conditions: ColumnElement[bool]
) -> Iterator[tuple[Inquiry, tuple[Any, ...]]]:
    rows = session.execute(
        select(_i, *HOUSEHOLD)
        .join(Household, Household.id == _i.household_id)
        .where(scope.households, _i.office_id == scope.office_id, *conditions)
        .order_by(_i.due_on, _i.number)
    )
    for inquiry, *household in rows:
        yield inquiry, tuple(household)


def _agencies(session: Session, scope: Scope) -> Mapping[str, Agency]:
    return lookup.inquiry_agencies(session, scope.office_id, scope.today)


def _name(inquiry: Inquiry, agencies: Mapping[str, Agency]) -> str:
    agency = agencies.get(inquiry.agency)
    where = agency.name if agency else inquiry.agency
    return f"{where}への照会（{inquiry_label(inquiry.fiscal_year, inquiry.number)}）"
