"""Rules about medical matters: doctors who did not answer, orders past their day, people who were not seen (sections 1.4, 6.4).

They look at facts only: never at what a doctor wrote. A missed appointment is a reason to go and see, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from desktop.domain.assessments import HealthSource
from desktop.domain.households import ResidenceKind
from desktop.domain.medical_opinions import EnquiryStep
from desktop.domain.medical_orders import OrderStep
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod
from desktop.models.medical import MedicalEnquiry, MedicalEnquiryStep, MedicalOpinion
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.services.medical.holding import is_held
from desktop.services.medical.missed import missed_twice
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class UnansweredEnquiry:
    """H01: a doctor was asked, the day for the answer has passed, and none came."""

    info = RuleInfo(
        rule="H01",
        name="回答のない病状照会",
        severity=2,
        basis="取りやめていない病状照会で、回答の期限からしきい値 H01 の日数を過ぎて回答の記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an enquiry."""
        e, o, s = MedicalEnquiry, MedicalOpinion, MedicalEnquiryStep
        rows = session.execute(
            select(e.reply_by, e.asked_by, *HOUSEHOLD)
            .join(Household, Household.id == e.household_id)
            .where(
                scope.active,
                e.reply_by < scope.days_ago(scope.limits.h01_days),
                ~exists().where(o.enquiry_id == e.id),
                ~exists().where(s.enquiry_id == e.id, s.kind == EnquiryStep.WITHDRAWN),
            )
            .order_by(e.reply_by)
        )
        for reply_by, staff_id, *household in rows:
            yield scope.finding(
                self.info,
                household,
                f"病状照会の回答の期限（{in_words(reply_by)}）を過ぎています。督促するか、ほかの方法で確かめますか。",
                since=reply_by,
                days=scope.since(reply_by),
                staff_id=staff_id,
            )


class OverdueOrder:
    """H02: an order to be examined whose day has passed, and nobody noted what became of it."""

    info = RuleInfo(
        rule="H02",
        name="期限を過ぎた検診命令",
        severity=2,
        basis="終わっていない検診命令で、受診の期限からしきい値 H02 の日数を過ぎて、検診の結果・受診しなかったこと・取りやめの記録がないもの",
    )
    _ENDED = (OrderStep.RETURNED, OrderStep.NOT_OBEYED, OrderStep.WITHDRAWN)

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question an order. It asks for the reason, never for a measure, and rests while safety comes first."""
        x, s, o = ExaminationOrderRecord, ExaminationStepRecord, MedicalOpinion
        rows = session.execute(
            select(x.due_on, x.author_id, *HOUSEHOLD)
            .join(Household, Household.id == x.household_id)
            .where(
                scope.active,
                x.due_on < scope.days_ago(scope.limits.h02_days),
                ~is_held(x.person_id),
                ~exists().where(o.order_id == x.id),
                ~exists().where(s.order_id == x.id, s.step.in_(self._ENDED)),
            )
            .order_by(x.due_on)
        )
        for due_on, staff_id, *household in rows:
            yield scope.finding(
                self.info,
                household,
                f"検診命令の受診の期限（{in_words(due_on)}）を過ぎています。受診したか、できない事情があるかを聞きましたか。",
                since=due_on,
                days=scope.since(due_on),
                staff_id=staff_id,
            )


class MissedAndUnseen:
    """H03: two appointments missed running, and nobody visited or called since."""

    info = RuleInfo(
        rule="H03",
        name="続けて受診していないのに様子を聞いていない人",
        severity=2,
        basis="予約の日に2回続けて受診せず、2回目の日からしきい値 H03 の日数を過ぎて、訪問・来所・電話の記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person."""
        limit = scope.days_ago(scope.limits.h03_days)
        missed = missed_twice(scope.active, scope.today).subquery()
        rows = session.execute(
            select(missed.c.last_on, *HOUSEHOLD)
            .join(missed, missed.c.household_id == Household.id)
            .where(missed.c.last_on < limit)
            .order_by(missed.c.last_on)
        )
        for last_on, *household in rows:
            yield scope.finding(
                self.info,
                household,
                f"{in_words(last_on)}まで2回続けて受診していません。訪問や電話で様子を聞きましたか。",
                since=last_on,
                days=scope.since(last_on),
            )


class LongInHospital:
    """E15: more than half a year in a hospital, and no doctor was asked about it in that time."""

    info = RuleInfo(
        rule="E15",
        name="長い入院で退院の検討がない人",
        severity=2,
        basis="入院がしきい値 E15 の日数を超え、その日数のうちに主治医・嘱託医の意見の記録がない世帯員",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person."""
        r, m, o = ResidencePeriod, Member, MedicalOpinion
        limit = scope.days_ago(scope.limits.e15_days)
        doctors = (HealthSource.TREATING, HealthSource.CONTRACTED)
        rows = session.execute(
            select(r.valid_from, *HOUSEHOLD)
            .join(m, and_(m.household_id == Household.id, holds_on(m, scope.today)))
            .join(r, and_(r.person_id == m.person_id, holds_on(r, scope.today)))
            .where(
                scope.active,
                r.kind == ResidenceKind.HOSPITAL,
                r.valid_from < limit,
                ~exists().where(
                    o.person_id == r.person_id, o.given_by.in_(doctors), o.given_on >= limit
                ),
            )
            .order_by(r.valid_from)
        )
        for since, *household in rows:
            yield scope.finding(
                self.info,
                household,
                f"{in_words(since)}からの入院が{scope.since(since)}日になります。退院について医師の意見を聞きましたか。",
                since=since,
                days=scope.since(since),
            )
