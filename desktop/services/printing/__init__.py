"""What is to be printed, the values that go to paper, and who printed what (帳票)."""

from desktop.services.printing.activities import ActivityPrinting
from desktop.services.printing.assessments import AssessmentPrinting
from desktop.services.printing.call_lists import CallListPrinting
from desktop.services.printing.carry_outs import CarryOutPrinting
from desktop.services.printing.conferences import ConferencePrinting
from desktop.services.printing.declarations import DeclarationPrinting
from desktop.services.printing.disclosures import DisclosurePrinting
from desktop.services.printing.effort import EffortPrinting
from desktop.services.printing.guidance import GuidancePrinting
from desktop.services.printing.help_cards import HelpCardPrinting
from desktop.services.printing.household_forms import HouseholdPrinting
from desktop.services.printing.inquiries import InquiryPrinting
from desktop.services.printing.issued import IssuedForms
from desktop.services.printing.medical import MedicalPrinting
from desktop.services.printing.monthly_papers import MonthlyPaperPrinting
from desktop.services.printing.other_programmes import OtherProgrammesPrinting
from desktop.services.printing.papers import PaperPrinting
from desktop.services.printing.policies import PolicyPrinting
from desktop.services.printing.rights import RightsPrinting
from desktop.services.printing.service import PrintService
from desktop.services.printing.short_messages import ShortMessages
from desktop.services.printing.support_plans import SupportPlanPrinting
from desktop.services.printing.transfers import TransferPrinting
from desktop.services.printing.visit_plans import VisitPlanPrinting
from desktop.services.printing.work_estimates import WorkEstimatePrinting

__all__ = [
    "ActivityPrinting",
    "AssessmentPrinting",
    "CallListPrinting",
    "CarryOutPrinting",
    "ConferencePrinting",
    "DeclarationPrinting",
    "DisclosurePrinting",
    "EffortPrinting",
    "GuidancePrinting",
    "HelpCardPrinting",
    "HouseholdPrinting",
    "InquiryPrinting",
    "IssuedForms",
    "MedicalPrinting",
    "MonthlyPaperPrinting",
    "OtherProgrammesPrinting",
    "PaperPrinting",
    "PolicyPrinting",
    "PrintService",
    "RightsPrinting",
    "ShortMessages",
    "SupportPlanPrinting",
    "TransferPrinting",
    "VisitPlanPrinting",
    "WorkEstimatePrinting",
]
