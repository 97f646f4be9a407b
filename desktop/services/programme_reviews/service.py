"""Use cases of the yearly review: the page of a fiscal year, writing a sheet, approving it, lines of the promotion plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.effort import Team
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.kpi_reckoning import KpiFacts, figures_of
from desktop.domain.kpis import Figure, Kpi, Period
from desktop.domain.office import SignedInStaff
from desktop.domain.participations import CountsFor
from desktop.domain.programme_reviews import (
    ProgrammeReview,
    PromotionInput,
    PromotionItem,
    PromotionLine,
    ReviewInput,
    ReviewLine,
    YearReview,
    promotion_errors,
    review_errors,
)
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.programme_reviews import (
    ProgrammeReviewApproval,
    ProgrammeReviewRecord,
    PromotionPlanLine,
)
from desktop.models.referrals import ReferralRecord
from desktop.services.effort import teams
from desktop.services.kpis.loading import kpi_facts, rules_of
from desktop.services.masters.lookup_plans import programmes
from desktop.services.permission import needs
from desktop.services.programme_reviews import loading

_NOT_OWN = "事業の見直しを承認できるのは、書いた本人ではない、決裁する職の人です。"
_NEWER = "新しい見直しがあります。読み直してから承認してください。"


@dataclass(frozen=True, slots=True)
class ProgrammeReviewService:
    """The signed-in person's part in the yearly review."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def year(self, fiscal_year: int) -> YearReview:
        """Every programme with its year and its sheet, and the promotion plan with what the program counts.

        The figures are those of the households in reach: of the office for heads, of the team for a supervisor.
        """
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            where = teams.households_of(self._team(session), office_id)
            years = loading.programme_years(session, office_id, where, fiscal_year, today)
            reviews = loading.newest_reviews(session, office_id, fiscal_year)
            plan = loading.newest_plan(session, office_id, fiscal_year)
            counts = self._counts(session, fiscal_year)
            return YearReview(
                fiscal_year=fiscal_year,
                on=today,
                lines=tuple(
                    ReviewLine(
                        year=each,
                        review=reviews.get(each.programme),
                        may_approve=self._may_approve(reviews.get(each.programme)),
                    )
                    for each in years
                ),
                plan=tuple(
                    PromotionLine(
                        item=item,
                        given=plan[item][0] if item in plan else None,
                        counted=counts.get(item),
                        made_at=plan[item][1] if item in plan else None,
                    )
                    for item in PromotionItem
                ),
            )

    @needs(Permission.SEE_SUPERVISION)
    def write(self, given: ReviewInput) -> None:
        """Keep a sheet with the year's figures as they stand. A retry stores once. Raises ValidationError per field."""
        given = replace(given, reason=given.reason.strip(), remarks=given.remarks.strip())
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            if session.get(ProgrammeReviewRecord, given.review_id) is not None:
                return
            known = programmes(session, office_id, today)
            errors = review_errors(given, frozenset(known))
            if errors:
                raise ValidationError(**errors)
            where = teams.households_of(self._team(session), office_id)
            years = loading.programme_years(session, office_id, where, given.fiscal_year, today)
            (year,) = (each for each in years if each.programme == given.programme)
            session.add(
                ProgrammeReviewRecord(
                    id=given.review_id,
                    office_id=office_id,
                    programme=given.programme,
                    fiscal_year=given.fiscal_year,
                    verdict=given.verdict,
                    cost=given.cost,
                    persons=year.persons,
                    minutes=year.minutes,
                    outcomes=year.outcome_words(),
                    reason=given.reason,
                    remarks=given.remarks,
                    made_by=self.staff.staff_id,
                    made_at=self.clock.now(),
                )
            )

    @needs(Permission.DECIDE_APPROVALS)
    def approve(self, review_id: UUID) -> None:
        """Approve somebody else's newest sheet. A retry approves once.

        Raises NotPermittedError for one's own, ConflictError where a newer one is there.
        """
        r = ProgrammeReviewRecord
        with self.work() as session:
            row = session.get(r, review_id)
            if row is None or row.office_id != self.staff.office_id:
                raise NotPermittedError(_NOT_OWN)
            if session.get(ProgrammeReviewApproval, review_id) is not None:
                return
            if row.made_by == self.staff.staff_id:
                raise NotPermittedError(_NOT_OWN)
            newest = session.scalar(
                select(r.id)
                .where(
                    r.office_id == row.office_id,
                    r.programme == row.programme,
                    r.fiscal_year == row.fiscal_year,
                )
                .order_by(r.made_at.desc(), r.id.desc())
                .limit(1)
            )
            if newest != review_id:
                raise ConflictError(_NEWER)
            session.add(
                ProgrammeReviewApproval(
                    review_id=review_id,
                    office_id=self.staff.office_id,
                    approved_by=self.staff.staff_id,
                    approved_at=self.clock.now(),
                )
            )

    @needs(Permission.SEE_SUPERVISION)
    def set_line(self, given: PromotionInput) -> None:
        """Keep a line of the promotion plan; the newest of its item counts. Raises ValidationError per field."""
        given = replace(given, remarks=given.remarks.strip())
        errors = promotion_errors(given)
        if errors:
            raise ValidationError(**errors)
        with self.work() as session:
            if session.get(PromotionPlanLine, given.line_id) is not None:
                return
            session.add(
                PromotionPlanLine(
                    id=given.line_id,
                    office_id=self.staff.office_id,
                    fiscal_year=given.fiscal_year,
                    item=given.item,
                    target=given.target,
                    result=given.result,
                    remarks=given.remarks,
                    made_by=self.staff.staff_id,
                    made_at=self.clock.now(),
                )
            )

    def _may_approve(self, review: ProgrammeReview | None) -> bool:
        return (
            review is not None
            and review.approved_at is None
            and review.author_id != self.staff.staff_id
            and self.staff.may(Permission.DECIDE_APPROVALS)
        )

    def _team(self, session: Session) -> Team:
        return teams.teams(session, self.staff, self.clock.today())[0]

    def _counts(self, session: Session, fiscal_year: int) -> dict[PromotionItem, int]:
        today, office_id = self.clock.today(), self.staff.office_id
        period = loading.year_of(fiscal_year)
        where = teams.households_of(self._team(session), office_id)
        facts = kpi_facts(session, office_id, where, period, today)
        figures = {
            figure.kpi: figure
            for figure in figures_of(facts, rules_of(session, office_id, today), period, today)
        }
        r = ReferralRecord
        asked = session.execute(
            select(r.id)
            .join(Household, Household.id == r.household_id)
            .where(where, r.asked_on.between(period.first, period.last))
        ).all()
        return _counted(facts, figures, period) | {PromotionItem.REFERRALS: len(asked)}


def _counted(
    facts: KpiFacts, figures: dict[Kpi, Figure], period: Period
) -> dict[PromotionItem, int]:
    able = figures[Kpi.PARTICIPATION]
    counts = {
        PromotionItem.ABLE: able.denominator,
        PromotionItem.PARTICIPANTS: able.numerator,
        PromotionItem.EXITS: figures[Kpi.EXIT].numerator,
        **{
            item: len(_ended(facts, way, period))
            for item, way in (
                (PromotionItem.JOB_STARTS, CountsFor.JOB),
                (PromotionItem.RAISES, CountsFor.RAISE),
            )
        },
    }
    if able.percent is not None:
        counts[PromotionItem.PARTICIPATION] = round(able.percent)
    return counts


def _ended(facts: KpiFacts, way: CountsFor, period: Period) -> set[UUID]:
    """Persons with a start of work or a raise of this kind, by spells and by outcomes."""
    found = {t.person_id for t in facts.takings if t.outcome is way and period.has(t.ends)}
    found |= {p.person_id for p in facts.plans if p.outcome is way and period.has(p.ended_on)}
    return found | {s.person_id for s in facts.spells if s.way is way and period.has(s.began)}
