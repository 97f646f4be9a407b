"""Use cases of working time (勤務と当番): one's own, and that of the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.working_time import (
    LONGEST_PERIOD_DAYS,
    MOST_MINUTES,
    WEEKDAYS,
    AwayInput,
    Half,
    StaffTime,
    TeamMember,
    WeekInput,
)
from desktop.models.working_time import WorkingAbsence, WorkingHalfDay, WorkingWeek
from desktop.services.permission import needs
from desktop.services.working_time import loading, team
from desktop.services.working_time.entering import enter_away


@dataclass(frozen=True, slots=True)
class WorkingTimeService:
    """Half-days for visits, duty and absences. Everybody of the office sees them, as on the board on the wall."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.OPEN_CASE_FILES)
    def members(self) -> tuple[TeamMember, ...]:
        """Whose time can be looked at: the person first, then those whose time he or she keeps."""
        with self.work() as session:
            return team.members(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def of_staff(self, staff_id: UUID, first: date, last: date) -> StaffTime:
        """Somebody's half-days in a period, with what takes single ones away."""
        if not 0 <= (last - first).days <= LONGEST_PERIOD_DAYS:
            raise ValidationError(last="期間は2年までにしてください。")
        with self.work() as session:
            self._colleague(session, staff_id)
            return loading.staff_time(
                session, self.staff, staff_id, first, last, self.clock.today()
            )

    @needs(Permission.WRITE_RECORDS)
    def set_week(self, given: WeekInput) -> None:
        """Say in which half-days somebody visits from a day on, and for how long. Earlier days keep what they had."""
        _check_week(given)
        with self.work() as session:
            self._may_keep(session, given.staff_id)
            week = WorkingWeek(
                id=new_id(),
                office_id=self.staff.office_id,
                staff_id=given.staff_id,
                valid_from=given.valid_from,
                set_by=self.staff.staff_id,
                set_at=self.clock.now(),
            )
            session.add(week)
            session.flush()
            session.add_all(
                WorkingHalfDay(
                    week_id=week.id,
                    office_id=self.staff.office_id,
                    weekday=weekday,
                    half=half,
                    minutes=given.minutes.get((weekday, half), 0),
                )
                for weekday in range(len(WEEKDAYS))
                for half in Half
            )

    @needs(Permission.WRITE_RECORDS)
    def add_away(self, given: AwayInput) -> None:
        """Enter duty, leave, training or another absence. A retry stores once. Raises ValidationError per field."""
        with self.work() as session:
            enter_away(session, self.staff, given, self.clock.today(), self.clock.now())

    @needs(Permission.WRITE_RECORDS)
    def strike_away(self, away_id: UUID) -> None:
        """Take an absence back; it stays in the trail. Raises ConflictError where somebody was faster."""
        with self.work() as session:
            row = session.scalars(
                select(WorkingAbsence).where(
                    WorkingAbsence.id == away_id,
                    WorkingAbsence.office_id == self.staff.office_id,
                )
            ).one_or_none()
            if row is None:
                raise NotPermittedError("この登録は見つかりません。")
            self._may_keep(session, row.staff_id)
            if row.struck_at is not None:
                raise ConflictError("この登録はもう取り消されています。画面を更新してください。")
            row.struck_by, row.struck_at = self.staff.staff_id, self.clock.now()

    def _may_keep(self, session: Session, staff_id: UUID) -> None:
        team.refuse_unless_kept(session, self.staff, staff_id, self.clock.today())

    def _colleague(self, session: Session, staff_id: UUID) -> None:
        team.refuse_strangers(session, self.staff, staff_id)


def _check_week(given: WeekInput) -> None:
    """The longest half-day is as long as the database holds."""
    for minutes in given.minutes.values():
        if not 0 <= minutes <= MOST_MINUTES:
            raise ValidationError(minutes=f"0分から{MOST_MINUTES}分までにしてください。")
