"""A visit grade as a subject of approval: its freeze rule, its line in the queue, its review card."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.moving import Moved
from desktop.domain.approvals import ApprovalState
from desktop.domain.clock import japan_day
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.review import Check, GradeCard, SubjectRow
from desktop.domain.visit_grades import GradesOfFile, GradeState, ProposedGrade
from desktop.models.approvals import Approval, ApprovalMove
from desktop.models.households import Household
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.visit_grades.loading import last_visits, of_household, shown_visits
from desktop.services.visit_grades.writing import still_stands

#: A proposal is never changed, so it has one version.
VERSION = 1
_STATES = {
    ApprovalState.WAITING: GradeState.SUBMITTED,
    ApprovalState.HELD: GradeState.SUBMITTED,
    ApprovalState.RETURNED: GradeState.RETURNED,
    ApprovalState.WITHDRAWN: GradeState.WITHDRAWN,
    ApprovalState.APPROVED: GradeState.APPROVED,
}


class VisitGradeSubject:
    """Visit grades under approval."""

    def rows(
        self,
        session: Session,
        office_id: UUID,  # noqa: ARG002 - the office's kinds of entries need it, grades do not
        subject_ids: Collection[UUID],
        today: date,  # noqa: ARG002
    ) -> Mapping[UUID, SubjectRow]:
        """The grade and its first day; from the list only what needs no exception from the floor."""
        g = VisitGradeRecord
        rows = session.execute(
            select(g.id, g.grade, g.effective_from, g.exception).where(g.id.in_(subject_ids))
        )
        return {
            grade_id: SubjectRow(
                kind_label=f"訪問格付（{grade}{'・下限の例外' if exception else ''}）",
                event_on=effective_from,
                in_bulk=not exception,
            )
            for grade_id, grade, effective_from, exception in rows
        }

    def card(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> GradeCard:
        """The proposal beside the grade before, the last visits and what had happened."""
        found = of_household(session, staff, approval.household_id, today)
        row = next((row for row in found.rows if row.row_id == approval.subject_id), None)
        if row is None:
            raise NotPermittedError("この格付の提案は見つかりません。")
        visits = last_visits(session, approval.office_id, approval.household_id, today)
        proposed = ProposedGrade(
            row=row,
            before_code=found.present_code,
            before=found.present,
            version=approval.root_version,
            content_hash=approval.content_hash,
            visits=shown_visits(visits),
        )
        return GradeCard(proposed=proposed, checks=tuple(_checks(proposed, found)))

    def begin(self, session: Session, subject_id: UUID) -> None:
        """Freeze the proposal: submitted."""
        record = session.get_one(VisitGradeRecord, subject_id)
        session.execute(
            select(Household.id).where(Household.id == record.household_id).with_for_update()
        )
        record.state = GradeState.SUBMITTED
        session.flush()

    def settled(self, session: Session, moved: Moved, at: datetime) -> None:
        """Carry the submission's state over; approval is a decision that stands beside those before."""
        record = session.get_one(VisitGradeRecord, moved.subject_id)
        if moved.state is ApprovalState.APPROVED:
            still_stands(session, record, japan_day(at))
            record.approved_by = session.get_one(ApprovalMove, moved.move_id).by_id
            record.approved_at = at
        record.state = _STATES[moved.state]


def _checks(proposed: ProposedGrade, found: GradesOfFile) -> Iterator[Check]:
    row = proposed.row
    visits, floor = row.visits_per_year or 0, row.floor or 0
    if visits < floor:
        yield Check(
            severity=3,
            sentence=f"年{visits}回は法定の下限（年{floor}回）を下回ります。"
            f"例外「{row.exception_label}」の理由を確かめてください。",
        )
    if row.grade == proposed.before_code:
        yield Check(severity=1, sentence="今の格付と同じです。")
    if found.usual_code and row.grade != found.usual_code:
        yield Check(
            severity=2,
            sentence=f"開始からまもない世帯の目安は「{found.usual_code}」です。理由が書かれていますか。",
        )
    if row.proposed_at is not None and row.effective_from < japan_day(row.proposed_at):
        yield Check(severity=2, sentence="適用する日が、提案した日より前です。")
    before = proposed.before.visits_per_year if proposed.before else 0
    if visits < before and not proposed.visits:
        yield Check(
            severity=2, sentence="訪問を減らす提案ですが、これまでの訪問の記録がありません。"
        )
