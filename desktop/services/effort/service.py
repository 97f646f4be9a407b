"""Use cases of effort: whose time may be looked at, the table, and who of the groups with less support was silent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.effort import SHOWN_MONTHS, EffortTable, SafetyRow, Team
from desktop.domain.effort_reckoning import EffortFacts, first_of, last_of, safety_rows, table_rows
from desktop.domain.errors import UserError
from desktop.domain.group_spans import Spans
from desktop.domain.kpis import CaseRow
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.records import Contact
from desktop.models.referrals import ReferralRecord
from desktop.services.effort import teams
from desktop.services.effort.case_rows import case_rows
from desktop.services.effort.plans import plan_days
from desktop.services.effort.spans import closings, group_spans
from desktop.services.effort.spells import job_starts
from desktop.services.effort.units import counting_contacts, units
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import activity_kinds
from desktop.services.masters.lookup_effort import standard_minutes, unconfirmed
from desktop.services.permission import needs

_TOO_SMALL = (
    "この班は地区担当員が{least}人より少ないため、業務時間を班だけでは見られません。"
    "事務所全体の表を課長以上が見ます。"
)
_NOT_USED = "この事務所では業務時間の表を使っていません。職員側と話し合ったあと、設定値「しきい値」の effort_shown で使えます。"
_YEAR = 12


@dataclass(frozen=True, slots=True)
class EffortService:
    """What the signed-in person may see of where the time goes. Facts only: no file is opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def teams(self) -> tuple[Team, ...]:
        """Whose figures may be asked for: the office, and its teams or the own one."""
        with self.work() as session:
            return teams.teams(session, self.staff, self.clock.today())

    @needs(Permission.SEE_SUPERVISION)
    def table(self, team_key: str, month: date, baseline: date) -> EffortTable:
        """The table of a team up to a month, beside a baseline month.

        Raises UserError where the office does not use it, or the team is so small that figures would be one person's.
        """
        today = self.clock.today()
        last = min(first_of(month), first_of(today))
        months = tuple(months_later(last, back) for back in range(1 - SHOWN_MONTHS, 1))
        base = min(first_of(baseline), last)
        with self.work() as session:
            team = self._team(session, team_key)
            where = teams.households_of(team, self.staff.office_id)
            limits = lookup.thresholds(session, self.staff.office_id, today)
            closed = closings(session, where)
            spans = group_spans(session, where, closed)
            rows = table_rows(
                self._facts(session, where, spans, _days_of((*months, base))), base, months
            )
            return EffortTable(
                team=team,
                baseline=base,
                months=months,
                rows=rows,
                safety=self._safety(
                    session, where, spans, limits.effort_silent_months, limits.effort_home_visits
                ),
                silent_months=limits.effort_silent_months,
                home_visits=limits.effort_home_visits,
                unconfirmed=unconfirmed(
                    session,
                    self.staff.office_id,
                    (Master.STANDARD_MINUTES, Master.ACTIVITY_KINDS),
                    today,
                ),
            )

    @needs(Permission.SEE_SUPERVISION)
    def safety_list(self, rows: tuple[SafetyRow, ...]) -> tuple[CaseRow, ...]:
        """Case numbers and names of these people, in their order."""
        with self.work() as session:
            asked = tuple(
                (row.household_id, row.person_id, row.is_silent or row.has_few_visits, _words(row))
                for row in rows
            )
            return case_rows(session, self.staff, asked)

    def _team(self, session: Session, key: str) -> Team:
        today = self.clock.today()
        limits = lookup.thresholds(session, self.staff.office_id, today)
        if not limits.effort_shown:
            raise UserError(_NOT_USED)
        found = teams.teams(session, self.staff, today)
        team = teams.team_of(found, key)
        if team not in teams.large_enough(found, limits.effort_least_staff):
            raise UserError(_TOO_SMALL.format(least=max(2, limits.effort_least_staff)))
        return team

    def _facts(
        self,
        session: Session,
        where: ColumnElement[bool],
        spans: Spans,
        days: tuple[tuple[date, date], ...],
    ) -> EffortFacts:
        office_id, today = self.staff.office_id, self.clock.today()
        r = ReferralRecord
        asked = session.execute(
            select(r.person_id, r.asked_on)
            .join(Household, Household.id == r.household_id)
            .where(where)
        )
        return EffortFacts(
            units=units(
                *(session, where, days),
                standard_minutes(session, office_id, today),
                activity_kinds(session, office_id, today),
            ),
            spans=spans,
            plans=plan_days(session, where),
            referrals=tuple((person, day) for person, day in asked),
            job_starts=job_starts(session, where),
        )

    def _safety(
        self,
        session: Session,
        where: ColumnElement[bool],
        spans: Spans,
        silent_months: int,
        least_visits: int,
    ) -> tuple[SafetyRow, ...]:
        today = self.clock.today()
        c = Contact
        met = session.execute(
            counting_contacts(c.household_id, func.max(c.happened_on))
            .where(where, c.is_absence.is_(False))
            .group_by(c.household_id)
        )
        visits = session.execute(
            counting_contacts(c.household_id, func.count())
            .where(
                where,
                c.is_absence.is_(False),
                c.is_home_visit,
                c.happened_on > months_later(today, -_YEAR),
            )
            .group_by(c.household_id)
        )
        last: dict[UUID, date] = {row[0]: row[1] for row in met}
        counted: dict[UUID, int] = defaultdict(int)
        counted.update({row[0]: row[1] for row in visits})
        return safety_rows(
            *(spans, today, last, counted),
            silent_months=silent_months,
            least_visits=least_visits,
        )


def _days_of(months: tuple[date, ...]) -> tuple[tuple[date, date], ...]:
    """The months as spans of days, those that follow each other as one."""
    spans: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        if spans and (month - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], last_of(month))
        else:
            spans.append((month, last_of(month)))
    return tuple(spans)


def _words(row: SafetyRow) -> str:
    last = f"{row.last_contact_on:%Y/%m/%d}" if row.last_contact_on else "記録なし"
    return f"{row.group}　最後の接触 {last}　家庭訪問 {row.home_visits}回"
