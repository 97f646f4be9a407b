"""Services as one person has them after sign-in, on any engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState, Decision
from desktop.domain.clock import Clock, FixedClock
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import District, Staff, StaffRole
from desktop.services.activities import ActivityService
from desktop.services.approvals import ApprovalService, Subject
from desktop.services.assessments import AssessmentService
from desktop.services.attachments import AttachmentService
from desktop.services.blind_checks import BlindCheckService
from desktop.services.carry_outs import CarryOutService
from desktop.services.conferences import ConferenceService
from desktop.services.declarations import DeclarationService
from desktop.services.disclosures import DisclosureService
from desktop.services.effort import EffortService
from desktop.services.employment_spells import EmploymentSpellService
from desktop.services.guidance import GuidanceService
from desktop.services.handovers import HandoverService
from desktop.services.help_cards import HelpCardService, HelpPackageService, HelpPageService
from desktop.services.households import HouseholdService
from desktop.services.income_months import IncomeMonthService
from desktop.services.inquiries import InquiryService
from desktop.services.instructions import InstructionService
from desktop.services.kpis import KpiService
from desktop.services.liaisons import LiaisonService
from desktop.services.medical import (
    ExaminationOrderService,
    HospitalPlanService,
    MedicalOpinionService,
)
from desktop.services.monthly_papers import MonthlyPaperService
from desktop.services.papers import PaperService
from desktop.services.participations import ParticipationService
from desktop.services.phrases import PhraseService
from desktop.services.places import PlaceService
from desktop.services.procedures import ProcedureService
from desktop.services.programme_reviews import ProgrammeReviewService
from desktop.services.reading_packs.pack_file import KeyCost
from desktop.services.reading_packs.service import ReadingPackService
from desktop.services.records import DraftingService, EntrySubject, RecordService
from desktop.services.referrals import ReferralService
from desktop.services.rule_changes import RuleChangeService
from desktop.services.search import SavedSearchService, SearchService
from desktop.services.support_groups import SupportGroupService
from desktop.services.support_plans import SupportPlanService, SupportPlanSubject
from desktop.services.support_policies import (
    PolicyDutyService,
    SupportPolicyService,
    SupportPolicySubject,
)
from desktop.services.telephone_memos import TelephoneMemoService
from desktop.services.todos import TodoService
from desktop.services.transfers import TransferService
from desktop.services.visit_grades import VisitGradeService, VisitGradeSubject
from desktop.services.visit_plans import ReviewService, VisitPlanService
from desktop.services.visit_preferences import VisitPreferenceService
from desktop.services.work_estimates import WorkEstimateService
from desktop.services.work_findings import WorkFindingService
from desktop.services.working_time import BookingService, JointVisitService, WorkingTimeService
from tests.support import factories
from tests.support.kept_file import KeptFile
from tests.support.people import work_of
from tests.support.rule_changes import trial_changes
from tests.support.seeding import seed_at_once

#: A key that is found at once: tests measure no cost.
CHEAP = KeyCost(n=2)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One person's services."""

    staff: SignedInStaff
    work: UnitOfWork
    households: HouseholdService
    records: RecordService
    drafting: DraftingService
    approvals: ApprovalService
    policies: SupportPolicyService
    papers: PaperService
    duties: PolicyDutyService
    declarations: DeclarationService
    monthly_papers: MonthlyPaperService
    attachments: AttachmentService
    transfers: TransferService
    inquiries: InquiryService
    carry_outs: CarryOutService
    packs: ReadingPackService
    disclosures: DisclosureService
    visit_plans: VisitPlanService
    reviews: ReviewService
    working_time: WorkingTimeService
    bookings: BookingService
    joint_visits: JointVisitService
    preferences: VisitPreferenceService
    estimates: WorkEstimateService
    activities: ActivityService
    referrals: ReferralService
    spells: EmploymentSpellService
    income_months: IncomeMonthService
    procedures: ProcedureService
    liaisons: LiaisonService
    rule_changes: RuleChangeService
    places: PlaceService
    grades: VisitGradeService
    assessments: AssessmentService
    groups: SupportGroupService
    support_plans: SupportPlanService
    participations: ParticipationService
    phrases: PhraseService
    search: SearchService
    saved_searches: SavedSearchService
    conferences: ConferenceService
    opinions: MedicalOpinionService
    orders: ExaminationOrderService
    hospital: HospitalPlanService
    findings: WorkFindingService
    guidance: GuidanceService
    effort: EffortService
    kpis: KpiService
    programme_reviews: ProgrammeReviewService
    help_cards: HelpCardService
    help_pages: HelpPageService
    help_packages: HelpPackageService
    blind_checks: BlindCheckService
    handovers: HandoverService
    memos: TelephoneMemoService
    instructions: InstructionService
    todos: TodoService


@dataclass(frozen=True, kw_only=True)
class SmallOffice:
    """An office of one district and one household: caseworker, supervisor, head, records staff, and an outsider."""

    work: UnitOfWork
    caseworker: SignedInStaff
    supervisor: SignedInStaff
    head: SignedInStaff
    records: SignedInStaff
    outsider: SignedInStaff
    household_id: UUID
    person_id: UUID

    def desk(self, staff: SignedInStaff, clock: Clock = factories.CLOCK) -> Desk:
        """The services of one of them."""
        return desk(self.work, staff, clock)


def desk(work: UnitOfWork, staff: SignedInStaff, clock: Clock = factories.CLOCK) -> Desk:
    """One person's services over a connection of his own."""
    return services_of(work_of(work, staff, clock), staff, clock)


def services_of(work: UnitOfWork, staff: SignedInStaff, clock: Clock) -> Desk:
    """One person's services over this connection."""
    reading = ReadingDoor(work, clock, staff)
    subject, policy, grade = EntrySubject(), SupportPolicySubject(), VisitGradeSubject()
    search = SearchService(work, clock, staff)
    support_plan = SupportPlanSubject()
    subjects: dict[str, Subject] = {
        "entry": subject,
        "support_policy": policy,
        "visit_grade": grade,
        "support_plan": support_plan,
    }
    approvals = ApprovalService(work, clock, staff, reading, subjects)
    plans = VisitPlanService(work, clock, staff, reading)
    records = RecordService(work, clock, staff, reading, subject)
    households = HouseholdService(work, clock, staff, reading)
    duties = PolicyDutyService(work, clock, staff, reading)
    return Desk(
        staff=staff,
        work=work,
        households=households,
        drafting=DraftingService(work, clock, staff, reading),
        records=records,
        approvals=approvals,
        policies=SupportPolicyService(work, clock, staff, reading, policy),
        papers=PaperService(work, clock, staff, reading),
        duties=duties,
        declarations=DeclarationService(work, clock, staff, reading),
        monthly_papers=MonthlyPaperService(work, clock, staff, reading),
        attachments=AttachmentService(work, clock, staff, reading),
        transfers=TransferService(work, clock, staff, reading),
        inquiries=InquiryService(work, clock, staff, reading),
        carry_outs=CarryOutService(work, clock, staff),
        packs=ReadingPackService(work, clock, staff, reading, households, duties, cost=CHEAP),
        disclosures=DisclosureService(work, clock, staff, reading),
        visit_plans=plans,
        reviews=ReviewService(work, clock, staff, reading, approvals, plans),
        working_time=WorkingTimeService(work, clock, staff),
        bookings=BookingService(work, clock, staff, reading),
        joint_visits=JointVisitService(work, clock, staff, reading),
        preferences=VisitPreferenceService(work, clock, staff, reading),
        estimates=WorkEstimateService(work, clock, staff, reading),
        activities=ActivityService(work, clock, staff, reading),
        referrals=ReferralService(work, clock, staff, reading),
        spells=EmploymentSpellService(work, clock, staff, reading),
        income_months=IncomeMonthService(work, clock, staff, reading),
        procedures=ProcedureService(work, clock, staff, reading),
        liaisons=LiaisonService(work, clock, staff, reading),
        rule_changes=RuleChangeService(work, clock, staff, reading, source=trial_changes),
        places=PlaceService(work, clock, staff),
        grades=VisitGradeService(work, clock, staff, reading, grade),
        assessments=AssessmentService(work, clock, staff, reading),
        groups=SupportGroupService(work, clock, staff, reading),
        support_plans=SupportPlanService(work, clock, staff, reading, support_plan),
        participations=ParticipationService(work, clock, staff, reading),
        phrases=PhraseService(work, clock, staff, reading),
        search=search,
        saved_searches=SavedSearchService(work, clock, staff, search),
        effort=EffortService(work, clock, staff),
        kpis=KpiService(work, clock, staff),
        programme_reviews=ProgrammeReviewService(work, clock, staff),
        help_cards=HelpCardService(work, clock, staff),
        help_pages=HelpPageService(work, clock, staff),
        help_packages=HelpPackageService(work, clock, staff),
        blind_checks=BlindCheckService(work, clock, staff, reading),
        memos=TelephoneMemoService(work, clock, staff),
        handovers=HandoverService(work, clock, staff, records),
        instructions=InstructionService(work, clock, staff, reading),
        todos=TodoService(work, clock, staff, reading),
        conferences=ConferenceService(work, clock, staff, reading),
        opinions=MedicalOpinionService(work, clock, staff, reading),
        orders=ExaminationOrderService(work, clock, staff, reading),
        hospital=HospitalPlanService(work, clock, staff, reading),
        findings=WorkFindingService(work, clock, staff, reading),
        guidance=GuidanceService(work, clock, staff, reading),
    )


def read_and_decide(person: Desk, decision: Decision) -> ApprovalState:
    """Open what is to be decided, as the review pane does, and decide it."""
    person.approvals.card(decision.approval_id)
    return person.approvals.decide(decision)


def small_office(engine: Engine) -> SmallOffice:
    """Set up an office with seeded masters in a fresh database."""
    people, household_id, person_id = _SMALL.give(engine)
    return SmallOffice(
        work=UnitOfWork(engine), household_id=household_id, person_id=person_id, **people
    )


def _make_small(engine: Engine) -> tuple[dict[str, SignedInStaff], UUID, UUID]:
    """Its people, household and the head of that."""
    with UnitOfWork(engine)() as session:
        office = factories.make_office(session)
        seed_at_once(session, office.id)
        district = factories.make_district(session, office)
        elsewhere = factories.make_district(session, office)
        people = {
            "caseworker": factories.make_staff(
                session, Role.CASEWORKER, office=office, district=district
            ),
            "supervisor": factories.make_staff(
                session, Role.SUPERVISOR, office=office, supervises=district
            ),
            "head": factories.make_staff(session, Role.SECTION_HEAD, office=office),
            "records": factories.make_staff(session, Role.RECORDS_STAFF, office=office),
            "outsider": factories.make_staff(
                session, Role.CASEWORKER, office=office, district=elsewhere
            ),
        }
        head = factories.make_person(session, office, name="架空 花子", kana="カクウ ハナコ")
        household = factories.make_household(session, district=district, head=head)
        signed_in = {name: factories.signed_in(session, person) for name, person in people.items()}
        return signed_in, household.id, head.id


_SMALL = KeptFile(_make_small)


def later(clock: FixedClock, **by: float) -> FixedClock:
    """The clock some time later."""

    instant: datetime = clock.instant + timedelta(**by)
    return FixedClock(instant)


def also_supervises(work: UnitOfWork, staff: SignedInStaff, household_id: UUID) -> SignedInStaff:
    """The same person, given the supervisor's role over the household's district as well."""

    with work() as session:
        district = session.get_one(District, session.get_one(Household, household_id).district_id)
        person = session.get_one(Staff, staff.staff_id)
        factories.add(
            session,
            StaffRole(
                office_id=person.office_id,
                staff_id=person.id,
                role=Role.SUPERVISOR,
                valid_from=factories.LONG_AGO,
            ),
        )
        factories.assign(session, person, district, AssignmentKind.SUPERVISOR)
    return replace(
        staff,
        roles=staff.roles | {Role.SUPERVISOR},
        supervised_district_ids=staff.supervised_district_ids | {district.id},
    )
