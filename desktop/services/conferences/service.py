"""Use cases of case conferences: calling one, its agenda, who took part, the minutes of each matter, closing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.conference_boards import MatterRow
from desktop.domain.conferences import (
    FEWEST_MEMBERS,
    ConferenceInput,
    ConferenceMember,
    ConferenceRow,
    MatterInput,
    MinutesInput,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.conferences import (
    CaseConference,
    ConferenceMatter,
    ConferenceMemberRow,
    ConferenceMinutes,
)
from desktop.services.conferences.loading import conferences, matters
from desktop.services.permission import needs

_CLOSED = "この会議は閉じられています。"
_NOT_HELD = "会議をまだ開いていません。出席者を入れて、開いてください。"


@dataclass(frozen=True, slots=True)
class ConferenceService:
    """The signed-in person's work on conferences."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def conferences(self) -> tuple[ConferenceRow, ...]:
        """The conferences of the office, the next and newest first."""
        with self.work() as session:
            return conferences(session, self.staff)

    @needs(Permission.CALL_CONFERENCES)
    def call(self, given: ConferenceInput) -> None:
        """Call a conference for a day. A retry stores once. Raises ValidationError for a day in the past."""
        if given.planned_on < self.clock.today():
            raise ValidationError(planned_on="会議の日は今日からの日付にしてください。")
        with self.work() as session:
            if session.get(CaseConference, given.conference_id) is None:
                session.add(
                    CaseConference(
                        id=given.conference_id,
                        office_id=self.staff.office_id,
                        kind=given.kind,
                        planned_on=given.planned_on,
                        place=given.place.strip(),
                        called_by=self.staff.staff_id,
                        called_at=self.clock.now(),
                    )
                )

    @needs(Permission.CALL_CONFERENCES)
    def add_matters(self, given: Collection[MatterInput]) -> None:
        """Put persons' cases on the agenda. What stands there already stays."""
        self.reading.open(Purpose.FILE, sorted({matter.household_id for matter in given}))
        with self.work() as session:
            for matter in given:
                self._open(session, matter.conference_id)
                if not self._stands(session, matter):
                    session.add(
                        ConferenceMatter(
                            id=matter.matter_id,
                            office_id=self.staff.office_id,
                            conference_id=matter.conference_id,
                            household_id=matter.household_id,
                            person_id=matter.person_id,
                            kind=matter.kind,
                            assessment_id=matter.assessment_id,
                            added_by=self.staff.staff_id,
                            added_at=self.clock.now(),
                        )
                    )

    @needs(Permission.CALL_CONFERENCES)
    def matters(self, conference_id: UUID) -> tuple[MatterRow, ...]:
        """The agenda as facts; what a matter says is read one at a time (`SupportGroupService.matter`)."""
        with self.work() as session:
            return matters(session, self.staff, conference_id)

    @needs(Permission.DECIDE_APPROVALS)
    def hold(self, conference_id: UUID, members: Sequence[ConferenceMember]) -> None:
        """Open the meeting today with those who are there. Raises ValidationError for fewer than two."""
        named = [m for m in members if m.staff_id is not None or m.name.strip()]
        if len(named) < FEWEST_MEMBERS:
            raise ValidationError(members=f"出席者を{FEWEST_MEMBERS}人以上入れてください。")
        with self.work() as session:
            conference = self._open(session, conference_id)
            if conference.held_on is not None:
                raise ConflictError("この会議はすでに開いています。")
            session.add_all(
                ConferenceMemberRow(
                    conference_id=conference_id,
                    number=number,
                    office_id=self.staff.office_id,
                    staff_id=member.staff_id,
                    name="" if member.staff_id else member.name.strip(),
                    role=member.role.strip(),
                )
                for number, member in enumerate(named, start=1)
            )
            session.flush()
            conference.held_on = self.clock.today()
            conference.held_by = self.staff.staff_id

    @needs(Permission.CALL_CONFERENCES)
    def write_minutes(self, given: MinutesInput) -> None:
        """Write down what was said about one matter (会議録); once. Raises ValidationError per field."""
        if not given.discussion.strip():
            raise ValidationError(discussion="話し合ったことを入力してください。")
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            matter = session.get(ConferenceMatter, given.matter_id)
            if matter is None or matter.household_id != given.household_id:
                raise NotPermittedError("この議題は見つかりません。")
            if self._open(session, matter.conference_id).held_on is None:
                raise ConflictError(_NOT_HELD)
            if session.get(ConferenceMinutes, given.matter_id) is not None:
                raise ConflictError("この議題の会議録はすでに書かれています。")
            session.add(
                ConferenceMinutes(
                    matter_id=given.matter_id,
                    office_id=matter.office_id,
                    household_id=matter.household_id,
                    papers=given.papers.strip(),
                    discussion=given.discussion.strip(),
                    persons_view=given.persons_view.strip(),
                    dissent=given.dissent.strip(),
                    written_by=self.staff.staff_id,
                    written_at=self.clock.now(),
                )
            )

    @needs(Permission.DECIDE_APPROVALS)
    def close(self, conference_id: UUID) -> None:
        """Close the meeting: matters without minutes stay undecided and may stand on another agenda."""
        with self.work() as session:
            conference = self._open(session, conference_id)
            if conference.held_on is None:
                raise ConflictError(_NOT_HELD)
            conference.closed_at = self.clock.now()

    def _open(self, session: Session, conference_id: UUID) -> CaseConference:
        found = session.get(CaseConference, conference_id)
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError("この会議は見つかりません。")
        if found.closed_at is not None:
            raise ConflictError(_CLOSED)
        return found

    def _stands(self, session: Session, given: MatterInput) -> bool:
        m = ConferenceMatter
        same = select(func.count()).where(
            m.conference_id == given.conference_id,
            m.person_id == given.person_id,
            m.kind == given.kind,
        )
        return bool(session.scalar(same))
