"""Rules about procedures that protect somebody's rights (section 5.2, 5.4): E12 to E14 and E17 to E19.

They read days and codes of the office's table, never words, and ask; what is right is for people to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.procedures import ChoiceEffect, ProcedureKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.procedures import ProcedureRecord
from desktop.services.masters.lookup_procedures import procedure_choices
from desktop.services.periods import holds_on
from desktop.services.procedures.loading import counts
from desktop.services.supervision.rules_procedures import found_in
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words

_p = ProcedureRecord


class KinAskedUnchecked:
    """E13: kin were asked without a look at whether asking may do harm, or although it may."""

    info = RuleInfo(
        rule="E13",
        name="照会しない事情を確かめていない扶養照会",
        severity=3,
        basis="照会した日までに「照会しない事情」（DV・虐待・長い音信不通など）を確かめた記録がないか、その事情があるのに照会した扶養照会（照会した日から「R04・R05 さかのぼって点検する期間」の日数のうち）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an inquiry."""
        harm = _p.choice.in_(_codes(session, scope, ChoiceEffect.ASKS))
        unchecked = or_(
            _p.choice == "", _p.confirmed_on.is_(None), _p.confirmed_on > _p.ended_on, harm
        )
        recent = _p.ended_on >= scope.days_ago(scope.limits.look_back_days)
        for day, household in found_in(
            session, scope.active, ProcedureKind.KIN, _p.ended_on, recent, unchecked
        ):
            yield scope.finding(
                self.info,
                household,
                f"扶養照会（{in_words(day)}）の前に、照会しない事情がないことを確かめた記録がありません。本人の安全に関わることはありませんか。",
                since=day,
                days=scope.since(day),
            )


class UnnotifiedDecision:
    """E14: an application is not answered within fourteen days, or thirty with a reason (法24条)."""

    info = RuleInfo(
        rule="E14",
        name="期限までに通知していない申請",
        severity=3,
        basis="申請から、しきい値 E14 の日数（理由を記録したものは長いほうの日数）を過ぎて通知の記録がない申請、理由の記録なくその日数を超えて通知した申請（直近のもの）と、申請中のままで申請の手続の記録がない世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an application."""
        short = scope.days_ago(scope.limits.e14_days)
        long = scope.days_ago(scope.limits.e14_most_days)
        late = or_(
            and_(_p.choice == "", _p.begun_on < short), and_(_p.choice != "", _p.begun_on < long)
        )
        for day, household in (
            *found_in(
                session,
                scope.households,
                ProcedureKind.APPLICATION,
                _p.begun_on,
                _p.confirmed_on.is_(None),
                late,
            ),
            *_applying(session, scope, short),
        ):
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"申請（{in_words(day)}）から{days}日たちますが、決定を通知した記録がありません。{scope.limits.e14_days}日を超える理由は本人に伝えましたか。",
                since=day,
                days=days,
            )
        yield from self._notified_late(session, scope)

    def _notified_late(self, session: Session, scope: Scope) -> Iterator[Finding]:
        recent = _p.confirmed_on >= scope.days_ago(scope.limits.look_back_days)
        rows: Any = session.execute(
            select(_p.begun_on, _p.confirmed_on, *HOUSEHOLD)
            .join(Household, Household.id == _p.household_id)
            .where(
                scope.households,
                _p.kind == ProcedureKind.APPLICATION,
                counts(),
                _p.choice == "",
                recent,
            )
            .order_by(_p.begun_on, _p.id)
        )
        for begun_on, notified_on, *household in rows:
            took = (notified_on - begun_on).days
            if took > scope.limits.e14_days:
                yield scope.finding(
                    self.info,
                    household,
                    f"申請（{in_words(begun_on)}）の決定を{took}日後に通知していますが、{scope.limits.e14_days}日を超えた理由の記録がありません。通知書に理由を書きましたか。",
                    since=notified_on,
                    days=scope.since(notified_on),
                )


class KeptForSomebody:
    """E17: the office holds cash, a seal or a passbook of somebody; there must be none."""

    info = RuleInfo(
        rule="E17",
        name="返していない預り品",
        severity=3,
        basis="返した日の記録がない預り品（現金・印鑑・通帳など。いつもゼロでなければなりません）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a thing, from the day it was taken."""
        for day, household in found_in(
            session, scope.households, ProcedureKind.KEPT, _p.begun_on, _p.ended_on.is_(None)
        ):
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"預り品（{in_words(day)}から{days}日）を返した記録がありません。いまどこにあり、いつ返しますか。",
                since=day,
                days=days,
            )


class WithdrawnUnconfirmed:
    """E18: a withdrawal (辞退届) without a meeting, or without a word on whether it is the person's own will."""

    info = RuleInfo(
        rule="E18",
        name="面接・任意の確認がない辞退届",
        severity=3,
        basis="本人と面接した日か任意の意思の確認の記録がないか、任意か疑いがある辞退届（受け取った日から「R04・R05 さかのぼって点検する期間」の日数のうち）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a withdrawal; protection may have ended since."""
        doubt = _p.choice.in_(_codes(session, scope, ChoiceEffect.ASKS))
        for day, household in found_in(
            session,
            scope.households,
            ProcedureKind.WITHDRAWAL,
            _p.begun_on,
            or_(_p.confirmed_on.is_(None), _p.choice == "", doubt),
            _p.begun_on >= scope.days_ago(scope.limits.look_back_days),
        ):
            yield scope.finding(
                self.info,
                household,
                f"辞退届（{in_words(day)}受取）について、本人と面接して任意の意思と暮らしの見通しを確かめた記録がありません。会って確かめましたか。",
                since=day,
                days=scope.since(day),
            )


class IntentUnrecorded:
    """E19: 78条 is considered without evidence of intent, or 63条 and 78条 are not kept apart."""

    info = RuleInfo(
        rule="E19",
        name="意図の根拠がない・63条と分けていない78条の検討",
        severity=3,
        basis="78条を検討していて意図の根拠を記録した日がないもの、扱いを決めたか、検討を始めてしきい値 E19 の日数を過ぎても63条と78条に分けていないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a matter."""
        intent = _p.choice.in_(_codes(session, scope, ChoiceEffect.INTENT))
        mixed = or_(_p.choice == "", _p.choice.in_(_codes(session, scope, ChoiceEffect.ASKS)))
        limit = scope.days_ago(scope.limits.e19_days)
        for condition, question in (
            (
                and_(intent, _p.confirmed_on.is_(None)),
                "意図（不正）の根拠の記録がありません。根拠がなければ63条ではありませんか。",
            ),
            (
                and_(mixed, or_(_p.ended_on.is_not(None), _p.begun_on < limit)),
                "63条（返還）と78条（徴収）のどちらかに分けた記録がありません。どちらの事情ですか。",
            ),
        ):
            for day, household in found_in(
                session, scope.households, ProcedureKind.RETURN, _p.begun_on, condition
            ):
                yield scope.finding(
                    self.info,
                    household,
                    f"63条・78条の検討（{in_words(day)}から）に、{question}",
                    since=day,
                    days=scope.since(day),
                )


def _codes(session: Session, scope: Scope, effect: ChoiceEffect) -> tuple[str, ...]:
    """The office's choices that mean this to the radar."""
    choices = procedure_choices(session, scope.office_id, scope.today)
    return tuple(code for code, choice in choices.items() if choice.effect is effect)


def _applying(
    session: Session, scope: Scope, limit: date
) -> Iterator[tuple[date, tuple[Any, ...]]]:
    """Households that the ledger says apply since before the limit, of whose application nothing was recorded."""
    s = HouseholdStatePeriod
    recorded = (
        exists()
        .where(
            _p.household_id == Household.id,
            _p.kind == ProcedureKind.APPLICATION,
            _p.begun_on >= s.valid_from,
            counts(),
        )
        .correlate(Household, s)
    )
    rows = session.execute(
        select(s.valid_from, *HOUSEHOLD)
        .join(s, s.household_id == Household.id)
        .where(
            scope.households,
            Household.state == HouseholdState.APPLYING,
            s.state == HouseholdState.APPLYING,
            holds_on(s, scope.today),
            s.valid_from < limit,
            ~recorded,
        )
        .order_by(s.valid_from)
    )
    for day, *household in rows:
        yield day, tuple(household)
