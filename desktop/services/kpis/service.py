"""Use cases of key figures: the dashboard, the list behind a figure, movement between groups, fairness. Facts only: no file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.effort import Team
from desktop.domain.era import fiscal_year
from desktop.domain.fairness import (
    Fairness,
    FlipRow,
    Judged,
    Trait,
    age_band,
    flips_of,
    rows_by,
)
from desktop.domain.group_flows import Flow, GroupFlows, flows_of
from desktop.domain.group_spans import Spans, span_on
from desktop.domain.households import HouseholdType
from desktop.domain.kpi_reckoning import figures_of
from desktop.domain.kpis import Case, CaseRow, Dashboard, Figure, Period
from desktop.domain.list_exports import ListExport
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.support_groups import SupportGroup
from desktop.services.effort import teams
from desktop.services.effort.case_rows import case_rows
from desktop.services.effort.spans import closings, group_spans
from desktop.services.kpis import loading
from desktop.services.kpis.exporting import Cells, cells_of
from desktop.services.masters.lookup_effort import kpi_targets, list_exports, unconfirmed
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class KpiService:
    """What the signed-in person may see of figures about the office or a team."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def dashboard(self, team_key: str, period: Period) -> Dashboard:
        """Every figure of a period with its cases, the office's targets of the fiscal year of its last day."""
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            team = self._team(session, team_key)
            where = teams.households_of(team, office_id)
            rules = loading.rules_of(session, office_id, today)
            facts = loading.kpi_facts(session, office_id, where, period, today)
            targets = kpi_targets(session, office_id, fiscal_year(period.last), today)
            tables = (Master.KPI_TARGETS, Master.KPI_GROUPS, Master.PROGRAMMES)
            return Dashboard(
                label=team.label,
                period=period,
                figures=tuple(
                    replace(figure, target=targets.get(figure.kpi))
                    for figure in figures_of(facts, rules, period, today)
                ),
                eligible=tuple(group for group in SupportGroup if group in rules.eligible),
                unconfirmed=unconfirmed(session, office_id, tables, today),
            )

    @needs(Permission.SEE_SUPERVISION)
    def cases(self, figure: Figure) -> tuple[CaseRow, ...]:
        """The list behind a figure: those that count first, by case number."""
        with self.work() as session:
            rows = case_rows(session, self.staff, [_asked(case) for case in figure.cases])
        return tuple(sorted(rows, key=lambda row: (not row.counts, row.case_number)))

    @needs(Permission.SEE_SUPERVISION)
    def exports(self) -> tuple[ListExport, ...]:
        """The office's choices of columns for a list that leaves as CSV, the usual one first."""
        with self.work() as session:
            return list_exports(session, self.staff.office_id, self.clock.today())

    @needs(Permission.SEE_SUPERVISION)
    def export_cells(self, figure: Figure) -> tuple[Cells, ...]:
        """Every cell of the catalogue for the list behind a figure, in the order of the list."""
        rows = self.cases(figure)
        with self.work() as session:
            where = teams.households_of(self._team(session, ""), self.staff.office_id)
            spans = group_spans(session, where, closings(session, where))
            return cells_of(session, rows, where, spans, self.clock.today())

    @needs(Permission.SEE_SUPERVISION)
    def flows(self, team_key: str, first: date, last: date) -> GroupFlows:
        """Movement between groups from a day to a later one."""
        with self.work() as session:
            return flows_of(self._spans(session, team_key), first, last)

    @needs(Permission.SEE_SUPERVISION)
    def people_of(self, flow: Flow, first: date, last: date) -> tuple[CaseRow, ...]:
        """The people of a flow, by case number."""
        with self.work() as session:
            spans = self._spans(session, "")
            asked = [
                (span.decision.household_id, person_id, True, _moved(flow))
                for person_id in flow.person_ids
                for span in [
                    span_on(spans.get(person_id, ()), last)
                    or span_on(spans.get(person_id, ()), first)
                ]
                if span is not None
            ]
            rows = case_rows(session, self.staff, asked)
        return tuple(sorted(rows, key=lambda row: row.case_number))

    @needs(Permission.SEE_SUPERVISION)
    def fairness(
        self, team_key: str, household_type: HouseholdType | None = None, band: str = ""
    ) -> Fairness:
        """Decided groups by district and by kinds of people; the two arguments narrow the comparison to the like."""
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            team = self._team(session, team_key)
            where = teams.households_of(team, office_id)
            few = loading.rules_of(session, office_id, today).few
            spans = group_spans(session, where, closings(session, where))
            people = loading.judged_people(session, office_id, where, spans, today)
            alike = [p for p in people if _fits(p, household_type, band, today)]
            return Fairness(
                label=team.label,
                by_district=rows_by(alike, lambda p: p.district, today, few),
                by_trait={
                    trait: rows_by(alike, lambda p, t=trait: p.trait(t, today), today, few)  # type: ignore[misc]
                    for trait in Trait
                },
                flips=self._flips(session, people),
                bands=tuple(sorted({age_band(p.birth_date, today) for p in people})),
                on=today,
            )

    def _flips(self, session: Session, people: Sequence[Judged]) -> tuple[FlipRow, ...]:
        by_id = {person.person_id: person for person in people}
        asked, numbers = [], []
        for flip in flips_of(people):
            for person_id in flip.person_ids:
                asked.append((by_id[person_id].decision.household_id, person_id, True, ""))
                numbers.append(flip.number)
        rows = case_rows(session, self.staff, asked)
        return tuple(
            FlipRow(
                number=number,
                household_id=row.household_id,
                person_id=person_id,
                case_number=row.case_number,
                name=row.name,
                district=row.district,
                group=by_id[person_id].decision.group,
                decided_on=by_id[person_id].decision.effective_from,
            )
            for number, row in zip(numbers, rows, strict=True)
            for person_id in [row.person_id]
            if person_id is not None
        )

    def _spans(self, session: Session, team_key: str) -> Spans:
        where = teams.households_of(self._team(session, team_key), self.staff.office_id)
        return group_spans(session, where, closings(session, where))

    def _team(self, session: Session, key: str) -> Team:
        return teams.team_of(teams.teams(session, self.staff, self.clock.today()), key)


def _asked(case: Case) -> tuple[UUID, UUID | None, bool, str]:
    return case.household_id, case.person_id, case.counts, case.words


def _moved(flow: Flow) -> str:
    return f"{flow.before or '区分なし'} → {flow.after or '区分なし'}"


def _fits(person: Judged, household_type: HouseholdType | None, band: str, today: date) -> bool:
    return (household_type is None or person.household_type is household_type) and (
        not band or age_band(person.birth_date, today) == band
    )
