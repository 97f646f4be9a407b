"""Rules about support towards work: a request to Hello Work without an answer, a check of retention or a next step that is overdue.

They look at facts only: days that have passed. They say nothing of the person and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.employment_spells import due_checks
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import TodoState
from desktop.models.activities import ActivityRecord
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Household
from desktop.models.referrals import ReferralRecord, ReferralStepRecord
from desktop.models.todos import Todo
from desktop.services.masters.lookup_activities import partners
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class UnansweredReferral:
    """S01: the day by which Hello Work was asked to answer has passed, and nothing came back."""

    info = RuleInfo(
        rule="S01",
        name="回答のない支援要請",
        severity=2,
        basis="ハローワークへの支援要請で、回答の期限からしきい値 S01 の日数を過ぎて、受理などの記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a request."""
        r = ReferralRecord
        answered = exists().where(ReferralStepRecord.referral_id == r.id)
        known = partners(session, scope.office_id, scope.today)
        rows = session.execute(
            select(r, *HOUSEHOLD)
            .join(Household, Household.id == r.household_id)
            .where(
                scope.households,
                ~answered,
                r.reply_by < scope.days_ago(scope.limits.s01_days),
            )
            .order_by(r.reply_by, r.id)
        )
        for request, *household in rows:
            where = known[request.partner].label if request.partner in known else request.partner
            yield scope.finding(
                self.info,
                household,
                f"{where}への支援要請（{in_words(request.asked_on)}）の回答の期限（{in_words(request.reply_by)}）を過ぎています。問い合わせましたか。",
                since=request.reply_by,
                days=scope.since(request.reply_by),
                staff_id=request.made_by,
            )


class UncheckedRetention:
    """S02: somebody began to work, and nobody noted after 1, 3, 6 or 12 months whether he still does."""

    info = RuleInfo(
        rule="S02",
        name="定着の確認がない就労",
        severity=1,
        basis="就労開始から1・3・6・12か月の日を、しきい値 S02 の日数を過ぎて、在職・離職・不明のどれも記録がないもの（終わった就労を除く）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a start of work, about the oldest check; of households that receive protection."""
        limit = scope.days_ago(scope.limits.s02_days)
        for spell, answered, household in _going_on(session, scope):
            due = [
                (months, day)
                for months, day in due_checks(spell.started_on, answered, scope.today)
                if day < limit
            ]
            if not due:
                continue
            months, day = due[0]
            yield scope.finding(
                self.info,
                household,
                f"{in_words(spell.started_on)}からの就労について、{months}か月の定着確認（{in_words(day)}）の記録がありません。いまも働いていますか。",
                since=day,
                days=scope.since(day),
                staff_id=spell.made_by,
            )


class OverdueNextStep:
    """S03: a next step that an act of support named is overdue, and its to-do is not closed."""

    info = RuleInfo(
        rule="S03",
        name="期限を過ぎた次の行動",
        severity=1,
        basis="支援活動に書いた次の行動で、期限からしきい値 S03 の日数を過ぎて終わりにしていないもの（訂正・取消した活動を除く）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an act."""
        a, later = ActivityRecord, aliased(ActivityRecord)
        done = exists().where(and_(Todo.origin_id == a.id, Todo.state == TodoState.DONE))
        rows = session.execute(
            select(a, *HOUSEHOLD)
            .join(Household, Household.id == a.household_id)
            .where(
                scope.active,
                a.next_due_on < scope.days_ago(scope.limits.s03_days),
                a.is_void.is_(False),
                ~exists().where(later.replaces_id == a.id),
                ~done,
            )
            .order_by(a.next_due_on, a.id)
        )
        for act, *household in rows:
            if act.next_due_on is None:
                continue
            yield scope.finding(
                self.info,
                household,
                f"{in_words(act.done_on)}の支援活動に書いた次の行動の期限（{in_words(act.next_due_on)}）を過ぎています。済んでいますか。",
                since=act.next_due_on,
                days=scope.since(act.next_due_on),
                staff_id=act.staff_id,
            )


def _going_on(
    session: Session, scope: Scope
) -> Iterator[tuple[EmploymentSpellRecord, set[int], tuple[object, ...]]]:
    """Spells that have not ended, the months that were answered, and the household's columns."""
    s, c = EmploymentSpellRecord, EmploymentCheckRecord
    ended = exists().where(EmploymentEndRecord.spell_id == s.id)
    rows = session.execute(
        select(s, *HOUSEHOLD)
        .join(Household, Household.id == s.household_id)
        .where(scope.active, ~ended)
        .order_by(s.started_on, s.id)
    ).all()
    answered: dict[object, set[int]] = {}
    checks = select(c.spell_id, c.months).where(c.spell_id.in_([row[0].id for row in rows]))
    for spell_id, months in session.execute(checks):
        answered.setdefault(spell_id, set()).add(months)
    for spell, *household in rows:
        yield spell, answered.get(spell.id, set()), tuple(household)
