"""Disposal of case files (文書廃棄): who may go, the list, its two approvals, carrying it out, and holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.database import disposing
from desktop.database.disposal_cases import closed_cases
from desktop.database.disposing import Acting
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.disposal import (
    DisposalCandidate,
    DisposalDecision,
    DisposalForm,
    DisposalItemRow,
    DisposalListRow,
    DisposalStep,
    TombstoneRow,
    judge,
)
from desktop.domain.errors import NotPermittedError
from desktop.domain.holds import HoldRow, NewHold
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.disposal import (
    DisposalDecisionRow,
    DisposalItem,
    DisposalList,
    Hold,
    Tombstone,
)
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.services.imprints import imprint_of
from desktop.services.masters.lookup import retention_rules
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class DisposalService:
    """Lists (廃棄簿), holds (保留) and what remains. The database judges each act again."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.DRAW_UP_DISPOSAL)
    def candidates(self) -> tuple[DisposalCandidate, ...]:
        """Closed households of today, by case number: until when each is kept, and why it may not go."""
        day = self.clock.today()
        with self.work() as session:
            rules = retention_rules(session, self.staff.office_id, day)
            cases = closed_cases(session, self.staff.office_id, day)
            return tuple(judge(case, rules, day) for case in cases)

    @needs(Permission.DRAW_UP_DISPOSAL)
    def draw_up(self, household_ids: Sequence[UUID]) -> UUID:
        """Draw up a list of these households; it waits for its check. ConflictError where one may not go."""
        list_id = new_id()
        with self.work() as session:
            disposing.draw_up(session, self._acting(session), list_id, household_ids)
        return list_id

    @needs(Permission.SEE_DISPOSAL)
    def lists(self) -> tuple[DisposalListRow, ...]:
        """Every list, newest first, with its households and decisions."""
        with self.work() as session:
            return _lists(session, self.staff.office_id)

    @needs(Permission.SEE_DISPOSAL)
    def form(self, row: DisposalListRow) -> DisposalForm:
        """The paper of a list as it was read."""
        with self.work() as session:
            return DisposalForm(imprint=imprint_of(session, self.staff, self.clock), row=row)

    @needs(Permission.CHECK_DISPOSAL)
    def decide(
        self, list_id: UUID, shown_hash: str, decision: DisposalDecision, reason: str = ""
    ) -> None:
        """Check (first) or approve (second) the list that was shown, or refuse it with a reason."""
        with self.work() as session:
            acting = self._acting(session)
            disposing.decide(session, acting, list_id, decision, shown_hash, reason)

    @needs(Permission.DRAW_UP_DISPOSAL)
    def withdraw(self, list_id: UUID) -> None:
        """Take an own list back before it is carried out."""
        with self.work() as session:
            disposing.withdraw(session, self._acting(session), list_id)

    @needs(Permission.DRAW_UP_DISPOSAL)
    def carry_out(self, list_id: UUID, shown_hash: str) -> int:
        """Remove the files of an approved list for good; return how many. ConflictError where one may not go by now."""
        with self.work() as session:
            return disposing.carry_out(session, self._acting(session), list_id, shown_hash)

    @needs(Permission.SEE_DISPOSAL)
    def holds(self) -> tuple[HoldRow, ...]:
        """Holds that run today or later, by case number; on the server those the person reaches."""
        day = self.clock.today()
        found = (
            select(Hold, Household.case_number, Staff.name)
            .join(Household, Household.id == Hold.household_id)
            .join(Staff, Staff.id == Hold.set_by)
            .where(
                Hold.office_id == self.staff.office_id,
                or_(Hold.valid_to.is_(None), Hold.valid_to >= day),
            )
            .order_by(Household.case_number, Hold.valid_from, Hold.id)
        )
        with self.work() as session:
            return tuple(
                HoldRow(
                    hold_id=hold.id,
                    household_id=hold.household_id,
                    case_number=case_number,
                    kind=hold.kind,
                    valid_from=hold.valid_from,
                    valid_to=hold.valid_to,
                    set_by=name,
                    is_open=hold.valid_from <= day,
                )
                for hold, case_number, name in session.execute(found)
            )

    @needs(Permission.OPEN_CASE_FILES)
    def set_hold(self, given: NewHold) -> UUID:
        """Hold a file back; it counts at once, also against an approved list."""
        hold_id = new_id()
        with self.work() as session:
            disposing.set_hold(session, self._acting(session), hold_id, given)
        return hold_id

    @needs(Permission.SEE_DISPOSAL)
    def household_named(self, case_number: str) -> UUID:
        """The household of a case number. NotPermittedError where there is none."""
        found = select(Household.id).where(
            Household.office_id == self.staff.office_id,
            Household.case_number == case_number.strip(),
        )
        with self.work() as session:
            household_id = session.scalar(found)
        if household_id is None:
            raise NotPermittedError("このケース番号の世帯はありません。番号を確認してください。")
        return household_id

    @needs(Permission.CHECK_DISPOSAL)
    def end_hold(self, hold_id: UUID) -> None:
        """Let a held file go."""
        with self.work() as session:
            disposing.end_hold(session, self._acting(session), hold_id)

    @needs(Permission.SEE_DISPOSAL)
    def tombstones(self) -> tuple[TombstoneRow, ...]:
        """What remains of files that were disposed of, by case number."""
        found = (
            select(Tombstone, DisposalList.number)
            .join(DisposalList, DisposalList.id == Tombstone.list_id)
            .where(Tombstone.office_id == self.staff.office_id)
            .order_by(Tombstone.case_number, Tombstone.carried_out_at)
        )
        with self.work() as session:
            return tuple(_tombstone(row, number) for row, number in session.execute(found))

    def _acting(self, session: Session) -> Acting:
        day = self.clock.today()
        return Acting(
            staff_id=self.staff.staff_id,
            office_id=self.staff.office_id,
            at=self.clock.now(),
            permissions=frozenset(p for p in Permission if self.staff.may(p)),
            rules=retention_rules(session, self.staff.office_id, day),
        )


def _lists(session: Session, office_id: UUID) -> tuple[DisposalListRow, ...]:
    drew, closed = aliased(Staff), aliased(Staff)
    found = (
        select(DisposalList, drew.name, func.coalesce(closed.name, ""))
        .join(drew, drew.id == DisposalList.drawn_up_by)
        .outerjoin(closed, closed.id == DisposalList.closed_by)
        .where(DisposalList.office_id == office_id)
        .order_by(DisposalList.number.desc())
    )
    items, steps = _items(session, office_id), _steps(session, office_id)
    return tuple(
        DisposalListRow(
            list_id=row.id,
            number=row.number,
            as_of=row.as_of,
            state=row.state,
            drawn_up_by_id=row.drawn_up_by,
            drawn_up_by=drawn_up_by,
            drawn_up_at=row.drawn_up_at,
            content_hash=row.content_hash,
            items=tuple(items.get(row.id, ())),
            steps=tuple(steps.get(row.id, ())),
            closed_by=closed_by,
            closed_at=row.closed_at,
        )
        for row, drawn_up_by, closed_by in session.execute(found).all()
    )


def _items(session: Session, office_id: UUID) -> dict[UUID, list[DisposalItemRow]]:
    found: dict[UUID, list[DisposalItemRow]] = {}
    for item in session.scalars(
        select(DisposalItem)
        .where(DisposalItem.office_id == office_id)
        .order_by(DisposalItem.case_number)
    ):
        row = DisposalItemRow(
            household_id=item.household_id,
            case_number=item.case_number,
            retention_class=item.retention_class,
            retention_label=item.retention_label,
            protected_from=item.protected_from,
            closed_on=item.closed_on,
            kept_until=item.kept_until,
        )
        found.setdefault(item.list_id, []).append(row)
    return found


def _steps(session: Session, office_id: UUID) -> dict[UUID, list[DisposalStep]]:
    found: dict[UUID, list[DisposalStep]] = {}
    for row, name in session.execute(
        select(DisposalDecisionRow, Staff.name)
        .join(Staff, Staff.id == DisposalDecisionRow.decided_by)
        .where(DisposalDecisionRow.office_id == office_id)
        .order_by(DisposalDecisionRow.list_id, DisposalDecisionRow.number)
    ):
        step = DisposalStep(
            number=row.number,
            decision=row.decision,
            by_id=row.decided_by,
            by=name,
            at=row.decided_at,
            reason=row.reason,
        )
        found.setdefault(row.list_id, []).append(step)
    return found


def _tombstone(row: Tombstone, number: int) -> TombstoneRow:
    return TombstoneRow(
        case_number=row.case_number,
        retention_class=row.retention_class,
        protected_from=row.protected_from,
        closed_on=row.closed_on,
        kept_until=row.kept_until,
        list_number=number,
        carried_out_at=row.carried_out_at,
        rows=sum(int(count) for count in row.removed.values()),
        digest=row.digest,
    )
