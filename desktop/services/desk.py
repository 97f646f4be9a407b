"""The use cases of one signed-in person, as the screens are given them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff

if TYPE_CHECKING:
    from desktop.services.accounts import AccountService
    from desktop.services.activities import ActivityService
    from desktop.services.approvals import ApprovalService
    from desktop.services.assessments import AssessmentService
    from desktop.services.attachments import AttachmentService
    from desktop.services.audit import HistoryService
    from desktop.services.audit_report import AuditReports
    from desktop.services.blind_checks import BlindCheckService
    from desktop.services.carry_outs import CarryOutService
    from desktop.services.conferences import ConferenceService
    from desktop.services.declarations import DeclarationService
    from desktop.services.disclosures import DisclosureService
    from desktop.services.disposal import DisposalService
    from desktop.services.effort import EffortService
    from desktop.services.employment_spells import EmploymentSpellService
    from desktop.services.file_holds import FileHolds
    from desktop.services.guidance import GuidanceService
    from desktop.services.handovers import HandoverService
    from desktop.services.help_cards import (
        EventChecklistService,
        HelpCardService,
        HelpPackageService,
        HelpPageService,
    )
    from desktop.services.households import HouseholdService
    from desktop.services.income_months import IncomeMonthService
    from desktop.services.inquiries import InquiryService
    from desktop.services.instructions import InstructionService
    from desktop.services.kpis import KpiService
    from desktop.services.ledger_import import LedgerImport
    from desktop.services.liaisons import LiaisonService
    from desktop.services.masters.service import MastersService
    from desktop.services.medical import (
        ExaminationOrderService,
        HospitalPlanService,
        MedicalOpinionService,
    )
    from desktop.services.monthly_papers import MonthlyPaperService
    from desktop.services.office import OfficeService
    from desktop.services.online_applications import OnlineApplicationService
    from desktop.services.own_password import OwnPassword
    from desktop.services.papers import PaperService
    from desktop.services.participations import ParticipationService
    from desktop.services.phrases import PhraseService
    from desktop.services.places import PlaceService
    from desktop.services.policy_review import PolicyReviewService
    from desktop.services.practice import PracticeService
    from desktop.services.printing import (
        ActivityPrinting,
        AssessmentPrinting,
        CallListPrinting,
        CarryOutPrinting,
        ConferencePrinting,
        DeclarationPrinting,
        DisclosurePrinting,
        EffortPrinting,
        GuidancePrinting,
        HelpCardPrinting,
        HouseholdPrinting,
        InquiryPrinting,
        IssuedForms,
        MedicalPrinting,
        MonthlyPaperPrinting,
        OtherProgrammesPrinting,
        PaperPrinting,
        PolicyPrinting,
        PrintService,
        RightsPrinting,
        ShortMessages,
        SupportPlanPrinting,
        TransferPrinting,
        VisitPlanPrinting,
        WorkEstimatePrinting,
    )
    from desktop.services.procedures import ProcedureService
    from desktop.services.programme_reviews import ProgrammeReviewService
    from desktop.services.reading_packs.service import ReadingPackService
    from desktop.services.records import (
        AgencyContactService,
        DraftingService,
        RecordService,
        TickService,
    )
    from desktop.services.referrals import ReferralService
    from desktop.services.rule_changes import RuleChangeService
    from desktop.services.search import SavedSearchService, SearchService
    from desktop.services.server.tick import ServerWatch
    from desktop.services.supervision import SupervisionService
    from desktop.services.support_groups import SupportGroupService
    from desktop.services.support_plans import SupportPlanService
    from desktop.services.support_policies import PolicyDutyService, SupportPolicyService
    from desktop.services.telephone_memos import TelephoneMemoService
    from desktop.services.todos import TodoService
    from desktop.services.transfers import TransferService
    from desktop.services.visit_grades import VisitGradeService
    from desktop.services.visit_plans import ReviewService, VisitPlanService
    from desktop.services.visit_preferences import VisitPreferenceService
    from desktop.services.work_estimates import WorkEstimateService
    from desktop.services.work_findings import WorkFindingService
    from desktop.services.working_time import BookingService, JointVisitService, WorkingTimeService


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRules:
    """When the idle window hides its data, and who opens it again.

    `unlock` takes the person's password and raises UserError where it is not the right one; None where nobody has
    a password (the training office). `notices` are what the server's check at sign-in found, as sentences.
    """

    idle_minutes: int
    unlock: Callable[[str], None] | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases of one signed-in person; built off the UI thread by `desktop/office_services.py`."""

    staff: SignedInStaff
    clock: Clock
    lock: LockRules
    watch: ServerWatch
    office: OfficeService
    households: HouseholdService
    records: RecordService
    drafting: DraftingService
    ticks: TickService
    agency_contacts: AgencyContactService
    approvals: ApprovalService
    support_policies: SupportPolicyService
    visit_grades: VisitGradeService
    assessments: AssessmentService
    assessment_printing: AssessmentPrinting
    support_groups: SupportGroupService
    support_plans: SupportPlanService
    participations: ParticipationService
    phrases: PhraseService
    search: SearchService
    saved_searches: SavedSearchService
    support_plan_printing: SupportPlanPrinting
    medical_opinions: MedicalOpinionService
    examination_orders: ExaminationOrderService
    hospital_plans: HospitalPlanService
    medical_printing: MedicalPrinting
    policy_duties: PolicyDutyService
    policy_review: PolicyReviewService
    conferences: ConferenceService
    conference_printing: ConferencePrinting
    todos: TodoService
    telephone_memos: TelephoneMemoService
    instructions: InstructionService
    help_cards: HelpCardService
    help_pages: HelpPageService
    help_packages: HelpPackageService
    event_checklists: EventChecklistService
    papers: PaperService
    carry_outs: CarryOutService
    carry_out_printing: CarryOutPrinting
    reading_packs: ReadingPackService
    declarations: DeclarationService
    declaration_printing: DeclarationPrinting
    monthly_papers: MonthlyPaperService
    monthly_paper_printing: MonthlyPaperPrinting
    inquiries: InquiryService
    inquiry_printing: InquiryPrinting
    disclosures: DisclosureService
    disclosure_printing: DisclosurePrinting
    attachments: AttachmentService
    transfers: TransferService
    visit_plans: VisitPlanService
    reviews: ReviewService
    visit_plan_printing: VisitPlanPrinting
    call_lists: CallListPrinting
    short_messages: ShortMessages
    work_estimate_printing: WorkEstimatePrinting
    activity_printing: ActivityPrinting
    transfer_printing: TransferPrinting
    working_time: WorkingTimeService
    bookings: BookingService
    joint_visits: JointVisitService
    visit_preferences: VisitPreferenceService
    work_estimates: WorkEstimateService
    activities: ActivityService
    referrals: ReferralService
    employment_spells: EmploymentSpellService
    income_months: IncomeMonthService
    procedures: ProcedureService
    liaisons: LiaisonService
    rule_changes: RuleChangeService
    practice: PracticeService
    work_findings: WorkFindingService
    guidance: GuidanceService
    guidance_printing: GuidancePrinting
    effort: EffortService
    effort_printing: EffortPrinting
    kpis: KpiService
    programme_reviews: ProgrammeReviewService
    blind_checks: BlindCheckService
    places: PlaceService
    rights_printing: RightsPrinting
    help_printing: HelpCardPrinting
    online_applications: OnlineApplicationService
    handovers: HandoverService
    supervision: SupervisionService
    printing: PrintService
    issued_forms: IssuedForms
    household_printing: HouseholdPrinting
    policy_printing: PolicyPrinting
    other_programmes: OtherProgrammesPrinting
    paper_printing: PaperPrinting
    masters: MastersService
    histories: HistoryService
    ledger_import: LedgerImport
    accounts: AccountService
    own_password: OwnPassword
    disposal: DisposalService
    audit: AuditReports
    file_holds: FileHolds
