"""An entry as a subject of approval: its freeze rule, its line in the queue, its review card."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.moving import Moved
from desktop.domain.approvals import ApprovalState
from desktop.domain.office import SignedInStaff
from desktop.domain.records import ChangeKind, Entry, EntryState
from desktop.domain.review import EntryCard, SubjectRow
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.records import Contact, EntryRecord, EntryVersion
from desktop.services.masters import lookup
from desktop.services.records import promises
from desktop.services.records.checks import checks_of
from desktop.services.records.likenesses import likenesses_of, look_alikes
from desktop.services.records.loading import load_entries
from desktop.services.records.visit_checks import visit_checks

#: How many of the household's last entries stand beside the one to be approved.
_RECENT = 5

_STATES = {
    ApprovalState.WAITING: EntryState.SUBMITTED,
    ApprovalState.HELD: EntryState.SUBMITTED,
    ApprovalState.RETURNED: EntryState.RETURNED,
    ApprovalState.WITHDRAWN: EntryState.DRAFT,
    ApprovalState.APPROVED: EntryState.APPROVED,
}


class EntrySubject:
    """Entries under approval."""

    def rows(
        self, session: Session, office_id: UUID, subject_ids: Collection[UUID], today: date
    ) -> Mapping[UUID, SubjectRow]:
        """Kind and event date of each entry, with the mark of an annulment or correction."""
        kinds = lookup.entry_kinds(session, office_id, today)
        marks = {
            ChangeKind.WRITING: "",
            ChangeKind.CORRECTION: "【訂正】",
            ChangeKind.ANNULMENT: "【誤記載取消】",
        }
        rows = session.execute(
            select(
                EntryRecord.id, EntryRecord.kind, EntryRecord.event_on, EntryRecord.change
            ).where(EntryRecord.id.in_(subject_ids))
        )
        return {
            entry_id: SubjectRow(
                kind_label=marks[change] + (kinds[kind].label if kind in kinds else kind),
                event_on=event_on,
                in_bulk=kind in kinds and kinds[kind].in_bulk and change is ChangeKind.WRITING,
            )
            for entry_id, kind, event_on, change in rows
        }

    def card(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> EntryCard:
        """The submitted version, the version last decided, the last entries of the file, and the checks."""
        this = EntryRecord.id == approval.subject_id
        entry = load_entries(session, staff, this, version=approval.root_version, today=today)[0]
        recent = load_entries(
            session,
            staff,
            (EntryRecord.household_id == approval.household_id)
            & (EntryRecord.id != approval.subject_id),
            newest=_RECENT,
            today=today,
        )
        previous = self._previous(session, staff, approval, today)
        results = lookup.result_codes(session, staff.office_id, today)
        limits = lookup.thresholds(session, staff.office_id, today)
        seen = previous.version if previous else 0
        checks = (
            *checks_of(entry, recent, limits, results, today),
            *visit_checks(session, staff, entry, results, shown_before=seen),
        )
        return EntryCard(
            entry=entry,
            previous=previous,
            recent=recent,
            checks=tuple(sorted(checks, key=lambda check: -check.severity)),
            likenesses=likenesses_of(session, staff, entry, recent, limits, today),
        )

    def compared_with(
        self, session: Session, staff: SignedInStaff, subject_id: UUID, today: date
    ) -> frozenset[UUID]:
        """The other households whose records the card may compare with: of the person's own duty."""
        limits = lookup.thresholds(session, staff.office_id, today)
        return frozenset(
            found.household_id for found in look_alikes(session, staff, subject_id, limits)
        )

    def begin(self, session: Session, subject_id: UUID) -> None:
        """Freeze the entry: submitted, with its number in the file."""
        record = session.get_one(EntryRecord, subject_id)
        session.execute(
            select(Household.id).where(Household.id == record.household_id).with_for_update()
        )
        if record.number is None:
            same_file = EntryRecord.household_id == record.household_id
            last = session.scalar(select(func.max(EntryRecord.number)).where(same_file))
            record.number = (last or 0) + 1
        record.state = EntryState.SUBMITTED
        session.flush()

    def settled(self, session: Session, moved: Moved, at: datetime) -> None:
        """Carry the submission's state to the entry; approval makes the submitted version the valid one."""
        record = session.get_one(EntryRecord, moved.subject_id)
        record.state = _STATES[moved.state]
        if (
            moved.state is not ApprovalState.APPROVED
            or record.approved_version == moved.root_version
        ):
            return
        version = session.get_one(EntryVersion, (record.id, moved.root_version))
        record.approved_version, record.approved_at, record.changed_by = version.version, at, None
        record.kind = version.kind
        if version.contact_id is not None:
            record.contact_id = version.contact_id
            record.event_on = session.get_one(Contact, version.contact_id).happened_on
        record.is_annulled = version.change is ChangeKind.ANNULMENT
        promises.carry_kept(session, record.id)

    def _previous(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> Entry | None:
        """The version of the submission before this one: what the supervisor saw last time."""
        version = session.scalar(
            select(Approval.root_version)
            .where(
                Approval.subject_kind == approval.subject_kind,
                Approval.subject_id == approval.subject_id,
                Approval.round < approval.round,
            )
            .order_by(Approval.round.desc())
            .limit(1)
        )
        if version is None:
            return None
        this = EntryRecord.id == approval.subject_id
        return load_entries(session, staff, this, version=version, today=today)[0]
