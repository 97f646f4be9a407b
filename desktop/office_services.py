"""The use cases of one signed-in person, made once at signing in."""

from __future__ import annotations

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.services.accounts import AccountService
from desktop.services.activities import ActivityService
from desktop.services.approvals import ApprovalService, Subject
from desktop.services.assessments import AssessmentService
from desktop.services.attachments import AttachmentService
from desktop.services.audit import HistoryService
from desktop.services.audit_report import AuditReports
from desktop.services.blind_checks import BlindCheckService
from desktop.services.carry_outs import CarryOutService
from desktop.services.conferences import ConferenceService
from desktop.services.declarations import DeclarationService
from desktop.services.desk import LockRules, Services
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
    EntrySubject,
    RecordService,
    TickService,
)
from desktop.services.referrals import ReferralService
from desktop.services.rule_changes import OfficeChanges, RuleChangeService
from desktop.services.search import SavedSearchService, SearchService
from desktop.services.server.tick import ServerWatch
from desktop.services.supervision import SupervisionService
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


def make_services(
    work: UnitOfWork,
    clock: Clock,
    staff: SignedInStaff,
    *,
    lock: LockRules,
    own_password: OwnPassword,
) -> Services:
    """All services of the person; what depends on how somebody signed in is handed in."""
    reading = ReadingDoor(work, clock, staff)
    households = HouseholdService(work, clock, staff, reading)
    search = SearchService(work, clock, staff)
    duties = PolicyDutyService(work, clock, staff, reading)
    subject, policy, grade = EntrySubject(), SupportPolicySubject(), VisitGradeSubject()
    support_plan = SupportPlanSubject()
    participations = ParticipationService(work, clock, staff, reading)
    disposal = DisposalService(work, clock, staff)
    attachments = AttachmentService(work, clock, staff, reading)
    subjects: dict[str, Subject] = {
        "entry": subject,
        "support_policy": policy,
        "visit_grade": grade,
        "support_plan": support_plan,
    }
    approvals = ApprovalService(work, clock, staff, reading, subjects)
    plans = VisitPlanService(work, clock, staff, reading)
    records = RecordService(work, clock, staff, reading, subject)
    estimates = WorkEstimateService(work, clock, staff, reading)
    opinions = MedicalOpinionService(work, clock, staff, reading)
    groups = SupportGroupService(work, clock, staff, reading)
    effort, kpis = EffortService(work, clock, staff), KpiService(work, clock, staff)
    programme_reviews = ProgrammeReviewService(work, clock, staff)
    return Services(
        staff=staff,
        clock=clock,
        lock=lock,
        watch=ServerWatch(work),
        office=OfficeService(work, clock, staff),
        households=households,
        drafting=DraftingService(work, clock, staff, reading),
        ticks=TickService(work, clock, staff),
        records=records,
        agency_contacts=AgencyContactService(work, clock, staff, reading),
        approvals=approvals,
        support_policies=SupportPolicyService(work, clock, staff, reading, policy),
        visit_grades=VisitGradeService(work, clock, staff, reading, grade),
        policy_duties=duties,
        assessments=AssessmentService(work, clock, staff, reading),
        support_plans=SupportPlanService(work, clock, staff, reading, support_plan),
        participations=participations,
        phrases=PhraseService(work, clock, staff, reading),
        search=search,
        saved_searches=SavedSearchService(work, clock, staff, search),
        support_plan_printing=SupportPlanPrinting(work, clock, staff, reading, participations),
        medical_opinions=opinions,
        medical_printing=MedicalPrinting(work, clock, staff, reading, opinions),
        examination_orders=ExaminationOrderService(work, clock, staff, reading),
        hospital_plans=HospitalPlanService(work, clock, staff, reading),
        support_groups=groups,
        assessment_printing=AssessmentPrinting(work, clock, staff, reading),
        policy_review=PolicyReviewService(work, clock, staff, reading),
        conferences=ConferenceService(work, clock, staff, reading),
        conference_printing=ConferencePrinting(work, clock, staff, reading, groups),
        todos=TodoService(work, clock, staff, reading),
        telephone_memos=TelephoneMemoService(work, clock, staff),
        help_cards=HelpCardService(work, clock, staff),
        help_pages=HelpPageService(work, clock, staff),
        help_packages=HelpPackageService(work, clock, staff),
        instructions=InstructionService(work, clock, staff, reading),
        event_checklists=EventChecklistService(work, clock, staff, reading),
        papers=PaperService(work, clock, staff, reading),
        carry_outs=CarryOutService(work, clock, staff),
        carry_out_printing=CarryOutPrinting(work, clock, staff),
        reading_packs=ReadingPackService(work, clock, staff, reading, households, duties),
        declarations=DeclarationService(work, clock, staff, reading),
        declaration_printing=DeclarationPrinting(work, clock, staff),
        monthly_papers=MonthlyPaperService(work, clock, staff, reading),
        monthly_paper_printing=MonthlyPaperPrinting(work, clock, staff),
        inquiries=InquiryService(work, clock, staff, reading),
        inquiry_printing=InquiryPrinting(work, clock, staff, reading),
        disclosures=DisclosureService(work, clock, staff, reading),
        disclosure_printing=DisclosurePrinting(work, clock, staff, reading),
        attachments=attachments,
        transfers=TransferService(work, clock, staff, reading),
        visit_plans=plans,
        reviews=ReviewService(work, clock, staff, reading, approvals, plans),
        visit_plan_printing=VisitPlanPrinting(work, clock, staff),
        call_lists=CallListPrinting(work, clock, staff, reading),
        short_messages=ShortMessages(work, clock, staff, reading),
        work_estimate_printing=WorkEstimatePrinting(work, clock, staff, reading, estimates),
        activity_printing=ActivityPrinting(work, clock, staff, reading),
        transfer_printing=TransferPrinting(work, clock, staff, reading),
        working_time=WorkingTimeService(work, clock, staff),
        bookings=BookingService(work, clock, staff, reading),
        joint_visits=JointVisitService(work, clock, staff, reading),
        visit_preferences=VisitPreferenceService(work, clock, staff, reading),
        work_estimates=estimates,
        activities=ActivityService(work, clock, staff, reading),
        referrals=ReferralService(work, clock, staff, reading),
        employment_spells=EmploymentSpellService(work, clock, staff, reading),
        income_months=IncomeMonthService(work, clock, staff, reading),
        procedures=ProcedureService(work, clock, staff, reading),
        liaisons=LiaisonService(work, clock, staff, reading),
        rule_changes=RuleChangeService(
            work, clock, staff, reading, OfficeChanges(work, clock, staff)
        ),
        practice=PracticeService(work, clock, staff),
        work_findings=WorkFindingService(work, clock, staff, reading),
        guidance=GuidanceService(work, clock, staff, reading),
        guidance_printing=GuidancePrinting(work, clock, staff, reading),
        effort=effort,
        kpis=kpis,
        programme_reviews=programme_reviews,
        blind_checks=BlindCheckService(work, clock, staff, reading),
        effort_printing=EffortPrinting(work, clock, staff, effort, kpis, programme_reviews),
        places=PlaceService(work, clock, staff),
        rights_printing=RightsPrinting(work, clock, staff),
        help_printing=HelpCardPrinting(work, clock, staff),
        online_applications=OnlineApplicationService(work, clock, staff, attachments),
        supervision=SupervisionService(work, clock, staff),
        handovers=HandoverService(work, clock, staff, records),
        printing=PrintService(work, clock, staff, reading),
        issued_forms=IssuedForms(work, clock, staff, reading),
        household_printing=HouseholdPrinting(work, clock, staff, reading),
        policy_printing=PolicyPrinting(work, clock, staff, reading),
        other_programmes=OtherProgrammesPrinting(work, clock, staff, reading),
        paper_printing=PaperPrinting(work, clock, staff),
        masters=MastersService(work, clock, staff),
        histories=HistoryService(work, staff, reading),
        ledger_import=LedgerImport(work, clock, staff),
        accounts=AccountService(work, clock, staff),
        own_password=own_password,
        disposal=disposal,
        file_holds=FileHolds(disposal, reading),
        audit=AuditReports(work, clock, staff),
    )
