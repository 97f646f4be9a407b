"""Use cases on entries of the case record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import (
    AlreadyStoredError,
    ConflictError,
    NotPermittedError,
    ValidationError,
)
from desktop.domain.labels import CHANGE
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.reading import Purpose
from desktop.domain.records import (
    ChangeKind,
    DraftRow,
    Entry,
    EntryInput,
    EntryKind,
    EntryState,
    EntryVersionRow,
    ResultCode,
    SavedEntry,
)
from desktop.domain.roles import Permission
from desktop.domain.template_slots import prompts_of, without_prompts
from desktop.domain.visit_times import RevisitTerms
from desktop.domain.wording import WordingRule
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord, EntryVersion, PromiseRow
from desktop.services.masters import lookup
from desktop.services.periods import said_now
from desktop.services.permission import needs
from desktop.services.records import absences, changes, impacts, submission
from desktop.services.records.loading import load_entries, writes
from desktop.services.records.prefill import blank_entry
from desktop.services.records.subject import EntrySubject
from desktop.services.records.writing import Writing, store


@dataclass(frozen=True, slots=True)
class RecordService:
    """Reads and writes entries for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    subject: EntrySubject

    @needs(Permission.OPEN_CASE_FILES)
    def kinds(self) -> tuple[EntryKind, ...]:
        """The kinds of entry in force today, in the office's order."""
        with self.work() as session:
            return tuple(
                lookup.entry_kinds(session, self.staff.office_id, self.clock.today()).values()
            )

    @needs(Permission.OPEN_CASE_FILES)
    def result_codes(self) -> tuple[ResultCode, ...]:
        """The result codes in force today."""
        with self.work() as session:
            return tuple(
                lookup.result_codes(session, self.staff.office_id, self.clock.today()).values()
            )

    @needs(Permission.OPEN_CASE_FILES)
    def wording(self) -> tuple[WordingRule, ...]:
        """The words to reconsider while writing, with their hints."""
        with self.work() as session:
            return lookup.wording(session, self.staff.office_id, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def chronicle(self, household_id: UUID) -> tuple[Entry, ...]:
        """The file's entries, oldest first as on paper, each in its valid version."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            where = EntryRecord.household_id == household_id
            return load_entries(session, self.staff, where, today=self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def entry(self, entry_id: UUID) -> Entry:
        """One entry in its newest version: what its author goes on writing."""
        return self._at(entry_id, None)

    @needs(Permission.OPEN_CASE_FILES)
    def at_version(self, entry_id: UUID, version: int) -> Entry:
        """One entry as an earlier version said it."""
        return self._at(entry_id, version)

    @needs(Permission.OPEN_CASE_FILES)
    def versions(self, entry_id: UUID) -> tuple[EntryVersionRow, ...]:
        """Every version of an entry, newest first."""
        self._household_of(entry_id)
        with self.work() as session:
            approved = session.get_one(EntryRecord, entry_id).approved_version
            rows = session.execute(
                select(EntryVersion, Staff.name)
                .outerjoin(Staff, Staff.id == EntryVersion.saved_by)
                .where(
                    EntryVersion.entry_id == entry_id,
                    EntryVersion.office_id == self.staff.office_id,
                )
                .order_by(EntryVersion.version.desc())
            )
            return tuple(
                EntryVersionRow(
                    version=v.version,
                    change=v.change,
                    saved_at=v.saved_at,
                    by=name or "",
                    is_approved=v.version == approved,
                    content_hash=v.content_hash,
                )
                for v, name in rows
            )

    @needs(Permission.WRITE_RECORDS)
    def blank(self, household_id: UUID, kind_code: str) -> EntryInput:
        """A new entry with what is known filled in. Nothing is stored yet."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            kind = lookup.entry_kinds(session, self.staff.office_id, today).get(kind_code)
            if kind is None:
                raise ValidationError(kind="記録種別を選んでください。")
            return blank_entry(session, self.staff, household_id, kind, today)

    @needs(Permission.WRITE_RECORDS)
    def drafts(self) -> tuple[DraftRow, ...]:
        """The person's own entries that are not submitted or came back, oldest event first."""
        with self.work() as session:
            kinds = lookup.entry_kinds(session, self.staff.office_id, self.clock.today())
            rows = session.execute(
                select(EntryRecord, Household.case_number, Household.head_name)
                .join(Household, Household.id == EntryRecord.household_id)
                .where(
                    writes(self.staff),
                    EntryRecord.state.in_((EntryState.DRAFT, EntryState.RETURNED)),
                )
                .order_by(EntryRecord.event_on, EntryRecord.id)
            )
            return tuple(
                DraftRow(
                    entry_id=e.id,
                    household_id=e.household_id,
                    case_number=number,
                    head_name=head,
                    kind_label=kinds[e.kind].label if e.kind in kinds else e.kind,
                    event_on=e.event_on,
                    state=e.state,
                    saved_at=e.saved_at,
                )
                for e, number, head in rows
            )

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: EntryInput) -> SavedEntry:
        """Store what was typed as the entry's next version; the same content again changes nothing.

        Raises ValidationError per field, ConflictError when somebody (or another window) was faster.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        try:
            return self._save(given)
        except AlreadyStoredError:
            # An earlier try of the same save arrived after all: look at what it stored.
            return self._save(given)

    @needs(Permission.WRITE_RECORDS)
    def submit(self, entry_id: UUID, shown_version: int, impact: Impact) -> UUID:
        """Hand the entry to the supervisor, with what it means for the support policy; returns the submission's id.

        Raises ValidationError for what is missing, ConflictError when the shown version is not the newest.
        """
        return self._submit(entry_id, shown_version, impact)

    def _submit(self, entry_id: UUID, shown_version: int, impact: Impact | None) -> UUID:
        """Only an annulment, which says nothing about the household, comes without an answer."""
        household_id = self._household_of(entry_id)
        self.reading.open(Purpose.FILE, [household_id])
        today, now = self.clock.today(), self.clock.now()
        with self.work() as session:
            record = session.get_one(EntryRecord, entry_id, with_for_update=True)
            self._refuse_submission(record, shown_version)
            entry = load_entries(
                session, self.staff, EntryRecord.id == entry_id, version=record.version, today=today
            )[0]
            kinds = lookup.entry_kinds(session, self.staff.office_id, today)
            results = lookup.result_codes(session, self.staff.office_id, today)
            submission.check_correction(entry)
            submission.check_for_submitting(entry, kinds[entry.kind], results)
            submission.check_times(session, entry, now)
            if impact is not None:
                impacts.answer(session, record, impact, self.staff, now)
            new = submission.described(session, record, entry, self.staff, today)
            submitted = moving.submit(session, self.subject, new, by=self.staff.staff_id, at=now)
            absences.follow_up(session, self.staff, entry, results, today=today, at=now)
            return submitted

    @needs(Permission.WRITE_RECORDS)
    def revisit_terms(self, household_id: UUID, entry_id: UUID | None = None) -> RevisitTerms:
        """What the editor needs to propose the next visit after an absence; `entry_id` is the entry being written."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            return absences.terms(session, self.staff, household_id, today, entry_id)

    @needs(Permission.WRITE_RECORDS)
    def withdraw(self, entry_id: UUID) -> SavedEntry:
        """Take the entry back before the first stamp (引戻し)."""
        now = self.clock.now()
        with self.work() as session:
            approval_id = session.scalar(
                select(Approval.id)
                .where(Approval.subject_kind == "entry", Approval.subject_id == entry_id)
                .order_by(Approval.round.desc())
                .limit(1)
            )
            if approval_id is None:
                raise NotPermittedError("この記録はまだ提出されていません。")
            moving.withdraw(session, self.subject, approval_id, by=self.staff.staff_id, at=now)
            return _saved(session.get_one(EntryRecord, entry_id))

    @needs(Permission.WRITE_RECORDS)
    def start_correction(self, entry_id: UUID, reason: str) -> Entry:
        """Begin a correction (訂正) of an approved entry: a new draft version with its reason.

        The approved text stays valid and visible until the correction is approved.
        """
        self._change(entry_id, ChangeKind.CORRECTION, reason)
        return self.entry(entry_id)

    @needs(Permission.OPEN_CASE_FILES)
    def give_up_change(self, entry_id: UUID) -> None:
        """End a correction or annulment that is not handed in, so that others may change the entry.

        For who writes it and for the approving positions over the household; what was written stays as a version.
        """
        self._household_of(entry_id)
        with self.work() as session:
            changes.give_up(session, entry_id, self.staff)

    @needs(Permission.WRITE_RECORDS)
    def request_annulment(
        self,
        entry_id: UUID,
        reason: str,
        right_household_id: UUID | None,
        *,
        reading_reason: str = "",
    ) -> UUID:
        """Ask to close an entry that stands in the wrong file (誤記載取消) and return the submission's id.

        With `right_household_id` the text is copied there as an own draft, to be submitted by itself. Raises
        ReasonNeededError, before anything changes, when a file lies outside the duty and no `reading_reason` is given.
        """
        files = {self._household_of(entry_id)}
        if right_household_id is not None:
            files.add(right_household_id)
        self.reading.open(Purpose.FILE, files, reason=reading_reason.strip())
        version = self._change(entry_id, ChangeKind.ANNULMENT, reason)
        if right_household_id is not None:
            self._copy_to(entry_id, right_household_id)
        return self._submit(entry_id, version, None)

    @needs(Permission.WRITE_RECORDS)
    def keep_promise(self, promise_id: UUID, on: date) -> None:
        """Note that a promise was kept; a change under way that rewords it takes it over when it is approved.

        Raises ReasonNeededError for a file outside the duty that is not open, ConflictError where the valid
        version of the entry no longer says the promise.
        """
        with self.work() as session:
            household_id = session.scalar(
                select(PromiseRow.household_id).where(
                    PromiseRow.id == promise_id, PromiseRow.office_id == self.staff.office_id
                )
            )
        if household_id is None:
            raise NotPermittedError("この約束は見つかりません。")
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            said = select(PromiseRow).join(EntryRecord, EntryRecord.id == PromiseRow.entry_id)
            row = session.scalar(said.where(PromiseRow.id == promise_id, said_now()))
            if row is None:
                raise ConflictError(
                    "この約束は訂正で書き直されました。画面を更新して、今の約束に記入してください。"
                )
            row.kept_on = on

    def _save(self, given: EntryInput) -> SavedEntry:
        today = self.clock.today()
        with self.work() as session:
            given = self._answered(session, given, today)
            submission.check_for_saving(
                given, lookup.entry_kinds(session, self.staff.office_id, today), today
            )
            record = session.get(EntryRecord, given.entry_id) if given.shown_version else None
            change = (
                record.change
                if record is not None and record.approved_version
                else ChangeKind.WRITING
            )
            if record is not None and change is not ChangeKind.WRITING:
                given = changes.with_reason(session, self.staff, record, given, today)
            return _saved(store(session, given, self._writing(session, today, change)))

    def _answered(self, session: Session, given: EntryInput, today: date) -> EntryInput:
        """The input without the template's questions that were left open."""
        texts = lookup.template(session, self.staff.office_id, given.kind, today, {})
        prompts = prompts_of(texts.values())
        return replace(
            given,
            segments=tuple(
                replace(s, text=without_prompts(s.text, prompts)) for s in given.segments
            ),
        )

    def _at(self, entry_id: UUID, version: int | None) -> Entry:
        self.reading.open(Purpose.FILE, [self._household_of(entry_id)])
        with self.work() as session:
            shown = session.get_one(EntryRecord, entry_id).version if version is None else version
            found = load_entries(
                session,
                self.staff,
                EntryRecord.id == entry_id,
                version=shown,
                today=self.clock.today(),
            )
        if not found:
            raise NotPermittedError("この記録は見つからないか、まだ提出されていません。")
        return found[0]

    def _household_of(self, entry_id: UUID) -> UUID:
        with self.work() as session:
            household_id = session.scalar(
                select(EntryRecord.household_id).where(
                    EntryRecord.id == entry_id, EntryRecord.office_id == self.staff.office_id
                )
            )
        if household_id is None:
            raise NotPermittedError("この記録は見つかりません。")
        return household_id

    def _writing(self, session: Session, today: date, change: ChangeKind) -> Writing:
        results = dict(lookup.result_codes(session, self.staff.office_id, today))
        return Writing(staff=self.staff, at=self.clock.now(), results=results, change=change)

    def _refuse_submission(self, record: EntryRecord, shown_version: int) -> None:
        if (record.changed_by or record.author_id) != self.staff.staff_id:
            raise NotPermittedError("提出できるのは記録を書いた本人です。")
        if record.state not in {EntryState.DRAFT, EntryState.RETURNED}:
            raise ConflictError("この記録はすでに提出されています。")
        if record.version != shown_version:
            raise ConflictError(
                "表示していた版のあとに更新があります。最新の内容を確認して提出してください。"
            )

    def _change(self, entry_id: UUID, change: ChangeKind, reason: str) -> int:
        if not reason.strip():
            raise ValidationError(reason=f"{CHANGE[change]}の理由を入力してください。")
        self.reading.open(Purpose.FILE, [self._household_of(entry_id)])
        today = self.clock.today()
        with self.work() as session:
            writing = self._writing(session, today, change)
            return changes.begin(session, entry_id, reason.strip(), writing, today).version

    def _copy_to(self, entry_id: UUID, household_id: UUID) -> None:
        today = self.clock.today()
        with self.work() as session:
            changes.copy_to(
                session,
                entry_id,
                household_id,
                self._writing(session, today, ChangeKind.WRITING),
                today,
            )


def _saved(record: EntryRecord) -> SavedEntry:
    return SavedEntry(
        entry_id=record.id, version=record.version, state=record.state, saved_at=record.saved_at
    )
