"""Papers of visit plans: the year (K-07), the month with its results (K-08), the report of all districts (K-27), and their log.

They are read from what the screens show, and open no file. An approved plan carries its stamps, every other one the mark 案; of a
household under 支援措置 the case number alone stands on paper, whoever prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark, Stamp
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import ROLE_LABELS, Permission, Role
from desktop.domain.visit_plan_forms import MonthPlanForm, VisitReport, YearPlanForm
from desktop.domain.visit_plan_views import PlanHead, PlanStep
from desktop.domain.visit_plans import NO_PLAN, PlanKind, PlanState
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing import visit_plan_months, visit_plan_report, visit_plan_years
from desktop.services.printing.batches import note_batch
from desktop.services.printing.forms import WRITER
from desktop.services.visit_plans import heads

YEAR_CODE, MONTH_CODE, REPORT_CODE = "K-07", "K-08", "K-27"
_NOT_A_YEAR = "年間訪問計画表は、年間訪問計画からだけ印刷できます。"
_NO_ORIGINAL = "正本を印刷できるのは記録・庶務職員だけです。"
#: Boxes that stand on the sheet whether somebody has stamped there or not.
_ALWAYS = (Role.SUPERVISOR, Role.SECTION_HEAD)
_REPORT_STAMPS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.DIRECTOR)
_HANDED_IN = frozenset({PlanState.SUBMITTED, PlanState.APPROVED})


@dataclass(frozen=True, slots=True)
class VisitPlanPrinting:
    """Printing for the signed-in person: plans of the own duty."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.PRINT_DRAFTS)
    def prepare_year(self, plan_id: UUID, *, is_as_approved: bool = False) -> YearPlanForm:
        """The paper of a yearly plan in its newest version, as it stands or as it was approved.

        Raises NotPermittedError where the plan is another's, or of a month.
        """
        today = self.clock.today()
        with self.work() as session:
            head = heads.head_of(session, self.staff, plan_id)
            if head.kind is not PlanKind.YEAR:
                raise NotPermittedError(_NOT_A_YEAR)
            imprint = imprint_of(session, self.staff, self.clock, self._mark(head))
            stamps = _stamps(head, heads.steps_of(session, plan_id))
            is_approved = is_as_approved and head.state is PlanState.APPROVED
            return visit_plan_years.year_form(
                session, self.staff, head, imprint, stamps, today, is_as_approved=is_approved
            )

    @needs(Permission.PRINT_DRAFTS)
    def prepare_month(self, district_id: UUID, month: date) -> MonthPlanForm:
        """The paper of a district's month: from its own plan, else from the year's, which has no stamps here.

        Raises NotPermittedError where the district is not the person's duty.
        """
        staff, today = self.staff, self.clock.today()
        if not staff.is_office_wide and district_id not in staff.duty_district_ids:
            raise NotPermittedError(NO_PLAN)
        with self.work() as session:
            return visit_plan_months.month_form(
                *(session, staff, district_id, month, today),
                imprint=lambda head: imprint_of(session, staff, self.clock, self._mark(head)),
                stamps=lambda head: self._month_stamps(session, head),
            )

    @needs(Permission.PRINT_DRAFTS)
    def prepare_report(self, month: date) -> VisitReport:
        """The report of a month over all districts of the own duty; `month` is its first day."""
        with self.work() as session:
            imprint = imprint_of(session, self.staff, self.clock)
            boxes = tuple(
                Stamp(position_label=ROLE_LABELS[role], name="", stamped_on=None)
                for role in _REPORT_STAMPS
            )
            today = self.clock.today()
            return visit_plan_report.report(session, self.staff, month, imprint, boxes, today)

    @needs(Permission.PRINT_DRAFTS)
    def record(self, batch_id: UUID, form: str, mark: FormMark, *, pages: int, sha256: str) -> None:
        """Note that one of these papers went to paper, and as what. Repeating it changes nothing."""
        if mark is FormMark.ORIGINAL and not self.staff.may(Permission.PRINT_RECORDS):
            raise NotPermittedError(_NO_ORIGINAL)
        with self.work() as session:
            note_batch(
                session,
                batch_id,
                mark,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
                form=form,
            )

    def _mark(self, head: PlanHead | None) -> FormMark:
        """案 before the approval; after it nothing is on the sheet, and in the log 正 where records staff printed it.

        A month that shows the year's visits is a list: it has no approval of its own.
        """
        if head is None:
            return FormMark.PLAIN
        if head.state is not PlanState.APPROVED:
            return FormMark.DRAFT
        return FormMark.ORIGINAL if self.staff.may(Permission.PRINT_RECORDS) else FormMark.PLAIN

    def _month_stamps(self, session: Session, head: PlanHead | None) -> tuple[Stamp, ...]:
        return _stamps(head, heads.steps_of(session, head.plan_id) if head else ())


def _stamps(head: PlanHead | None, steps: tuple[PlanStep, ...]) -> tuple[Stamp, ...]:
    """The caseworker's box and those of the positions: filled by who handed the plan in and who approved it."""
    handed_in = head is not None and head.state in _HANDED_IN and head.submitted_at is not None
    writer = Stamp(
        position_label=WRITER,
        name=head.submitted_by if head and handed_in else "",
        stamped_on=japan_day(head.submitted_at)
        if head and handed_in and head.submitted_at
        else None,
    )
    given = steps[-1] if steps and steps[-1].state is PlanState.APPROVED else None
    label = given.position if given else ""
    boxes = [ROLE_LABELS[r] for r in ROLE_LABELS if r in _ALWAYS or ROLE_LABELS[r] == label]
    return (
        writer,
        *(
            Stamp(
                position_label=box,
                name=given.by if given and box == label else "",
                stamped_on=japan_day(given.at) if given and box == label else None,
            )
            for box in boxes
        ),
    )
