"""Builds the screen 帳票 with the way of each form to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.guidance_papers import GuidancePaper
from desktop.domain.roles import Permission
from desktop.domain.work_estimates import EstimateKind
from desktop.jobs.activity_printing import referral_press
from desktop.jobs.disclosure_printing import DisclosureJob
from desktop.jobs.guidance_printing import guidance_letter_press
from desktop.jobs.household_printing import call_letter_press, visit_notice_press
from desktop.jobs.inquiry_printing import RequestJob
from desktop.jobs.medical_printing import order_press
from desktop.jobs.policy_printing import explanation_press, policy_press
from desktop.jobs.record_printing import record_press
from desktop.jobs.reprinting import ReprintJob
from desktop.jobs.transfer_printing import TransferJob
from desktop.jobs.work_estimate_printing import notice_press
from desktop.reports.catalogue import form_titles
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.print_screen import PrintScreen

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.workplace import Workplace


def make_print_screen(workplace: Workplace) -> PrintScreen:
    """The screen over the services of the signed-in person."""
    services, fonts = workplace.services, workplace.fonts
    issued, policies = services.issued_forms, services.policy_printing
    guidance, money = services.guidance_printing, services.work_estimate_printing
    titles = form_titles()
    presses: dict[str, Draws] = {
        "K-04": record_press(services.printing, issued, fonts),
        "K-05": policy_press(policies, issued, fonts),
        "K-06": explanation_press(policies, issued, fonts, with_readings=False),
        "K-19": RequestJob(services.inquiry_printing, issued, fonts),
        "K-26": TransferJob(services.transfer_printing, issued, fonts),
        "L-03": call_letter_press(services.household_printing, issued, fonts),
        "L-04": visit_notice_press(services.household_printing, issued, fonts),
        "K-15": guidance_letter_press(GuidancePaper.LETTER, guidance, issued, fonts),
        "K-16": guidance_letter_press(GuidancePaper.NOTICE, guidance, issued, fonts),
        "S-32": guidance_letter_press(GuidancePaper.SANCTION, guidance, issued, fonts),
        "K-18": order_press(services.medical_printing, issued, fonts),
        "S-10": referral_press(services.activity_printing, issued, fonts),
        "S-25D": notice_press(EstimateKind.JOB_SEARCH, money, issued, fonts),
        "S-26D": notice_press(EstimateKind.INDEPENDENCE, money, issued, fonts),
        "S-27D": notice_press(EstimateKind.STUDY_OR_WORK, money, issued, fonts),
        "J-02": DisclosureJob(services.disclosure_printing, issued, fonts),
    }
    return PrintScreen(
        services.printing,
        issued,
        presses,
        ReprintJob(issued, titles),
        workplace.clock,
        workplace.runner,
        titles=titles,
        may_void=workplace.staff.may(Permission.PRINT_RECORDS),
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )
