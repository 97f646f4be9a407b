"""Papers of conferences: the pack of an agenda (S-02), the minutes (K-14), the register of groups (S-34).

Pack and minutes open the files that they are about; the register holds facts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessment_forms import AssessmentsOfFile
from desktop.domain.clock import Clock
from desktop.domain.conference_boards import MatterRow, Minutes
from desktop.domain.conference_sheets import (
    MatterSheet,
    MinutesSheet,
    PackAsked,
    RegisterAsked,
    RegisterSheet,
)
from desktop.domain.conferences import ConferenceRow
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.households import Identity
from desktop.domain.imprint import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.services.conferences.loading import conferences, matters, minutes_of
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing import conference_words as words
from desktop.services.printing.batches import note_batch, note_households
from desktop.services.support_groups import SupportGroupService
from desktop.services.support_groups.loading import of_household

_NO_MATTERS = "この会議に、担当する世帯の議題はありません。"
_NOT_HELD = "会議録は、会議を開いてから印刷できます。"
PACK, MINUTES, REGISTER = "S-02", "K-14", "S-34"


class _Opened(NamedTuple):
    """A matter with everything that is read of it."""

    number: int
    row: MatterRow
    bar: Identity
    file: AssessmentsOfFile
    minutes: Minutes | None


@dataclass(frozen=True, slots=True)
class ConferencePrinting:
    """Printing for the signed-in person, and the notes of it."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    groups: SupportGroupService

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def pack(self, asked: PackAsked) -> tuple[MatterSheet, ...]:
        """The sheets of a meeting's matters in the order of the agenda. Raises ValidationError where there are none."""
        rows = self._rows(asked)
        self._open(rows)
        with self.work() as session:
            meeting = self._meeting(session, asked.conference_id)
            imprint = imprint_of(session, self.staff, self.clock)
            return tuple(
                words.matter_sheet(imprint, meeting, one.number, one.row, one.bar, one.file)
                for one in self._opened(session, rows)
            )

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def minutes(self, asked: PackAsked) -> MinutesSheet:
        """The minutes of a meeting, or of some of its matters; a draft (案) until it is closed.

        Raises ValidationError where it was not held yet.
        """
        report = self.groups.unchanged_reported(asked.conference_id)
        rows = self._rows(asked, may_be_empty=True)
        self._open(rows)
        with self.work() as session:
            meeting = self._meeting(session, asked.conference_id)
            if meeting.held_on is None:
                raise ValidationError(_NOT_HELD)
            mark = FormMark.PLAIN if meeting.closed_at is not None else FormMark.DRAFT
            return MinutesSheet(
                imprint=imprint_of(session, self.staff, self.clock, mark),
                conference=words.head(meeting),
                members=tuple(words.members(meeting)),
                matters=tuple(
                    words.minuted(one.number, one.row, one.bar, one.file, one.minutes)
                    for one in self._opened(session, rows)
                ),
                # What was decided from the list is the whole meeting's; a matter's own copy goes into its file.
                unchanged=() if asked.matter_ids else tuple(words.unchanged(report)),
                is_whole=not asked.matter_ids,
            )

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def register(self, asked: RegisterAsked) -> RegisterSheet:
        """The register of groups as far as it was asked for, as it stands now."""
        found = self.groups.register()
        wanted = frozenset(asked.person_ids)
        with self.work() as session:
            return RegisterSheet(
                imprint=imprint_of(session, self.staff, self.clock),
                on=found.on,
                scope=asked.scope,
                lines=tuple(
                    words.register_line(row, found) for row in found.rows if row.person_id in wanted
                ),
            )

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def households(self, asked: PackAsked) -> tuple[UUID, ...]:
        """The households that a run of these matters is about, each once."""
        rows = self._rows(asked, may_be_empty=True)
        return tuple(dict.fromkeys(row.household_id for _, row in rows))

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def record(
        self, batch_id: UUID, asked: PackAsked, form: str, *, pages: int, sha256: str
    ) -> None:
        """Note that a pack or minutes went to paper, for every household in it. A retry notes once."""
        households = self.households(asked)
        if not households:
            self.record_office(batch_id, form, pages=pages, sha256=sha256)
            return
        self.reading.open(Purpose.FILE, list(households))
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, households),
                pages=pages,
                sha256=sha256,
            )

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def record_register(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the register went to paper."""
        self.record_office(batch_id, REGISTER, pages=pages, sha256=sha256)

    @needs(Permission.CALL_CONFERENCES)
    @needs(Permission.PRINT_DRAFTS)
    def record_office(self, batch_id: UUID, form: str, *, pages: int, sha256: str) -> None:
        """Note that a paper about no single household went out."""
        with self.work() as session:
            note_batch(
                *(session, batch_id, FormMark.PLAIN),
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
                form=form,
            )

    def _rows(
        self, asked: PackAsked, *, may_be_empty: bool = False
    ) -> tuple[tuple[int, MatterRow], ...]:
        """The matters with their numbers on the agenda, as far as they are the person's duty."""
        with self.work() as session:
            every = matters(session, self.staff, asked.conference_id)
        wanted = frozenset(asked.matter_ids)
        found = tuple(
            (number, row)
            for number, row in enumerate(every, start=1)
            if not wanted or row.matter_id in wanted
        )
        if not found and not may_be_empty:
            raise ValidationError(_NO_MATTERS)
        return found

    def _open(self, rows: Iterable[tuple[int, MatterRow]]) -> None:
        households = sorted({row.household_id for _, row in rows})
        if households:
            self.reading.open(Purpose.FILE, households)

    def _opened(self, session: Session, rows: Sequence[tuple[int, MatterRow]]) -> Iterator[_Opened]:
        today = self.clock.today()
        households = {row.household_id for _, row in rows}
        bars = identities(session, self.staff, households, today, opened=True)
        files: Mapping[UUID, AssessmentsOfFile] = {
            household_id: of_household(session, self.staff, household_id, today)
            for household_id in households
        }
        for number, row in rows:
            home = row.household_id
            minutes = minutes_of(session, row.matter_id)
            yield _Opened(number, row, bars[home], files[home], minutes)

    def _meeting(self, session: Session, conference_id: UUID) -> ConferenceRow:
        found = conferences(session, self.staff)
        meeting = next((row for row in found if row.conference_id == conference_id), None)
        if meeting is None:
            raise NotPermittedError("この会議は見つかりません。")
        return meeting
