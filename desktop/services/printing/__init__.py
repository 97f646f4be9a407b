"""What is to be printed, the values that go to paper, and who printed what (帳票)."""

from desktop.services.printing.declarations import DeclarationPrinting
from desktop.services.printing.household_forms import HouseholdPrinting
from desktop.services.printing.inquiries import InquiryPrinting
from desktop.services.printing.other_programmes import OtherProgrammesPrinting
from desktop.services.printing.papers import PaperPrinting
from desktop.services.printing.policies import PolicyPrinting
from desktop.services.printing.service import PrintService

__all__ = [
    "DeclarationPrinting",
    "HouseholdPrinting",
    "InquiryPrinting",
    "OtherProgrammesPrinting",
    "PaperPrinting",
    "PolicyPrinting",
    "PrintService",
]
