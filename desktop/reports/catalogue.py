"""The forms this program prints."""

from __future__ import annotations

from typing import Any

from desktop.domain.effort_forms import CASES_CODE, CASES_TITLE, FIGURES_CODE, FIGURES_TITLE
from desktop.domain.short_messages import FORM_CODE, FORM_TITLE
from desktop.reports.accounts.rights_list import RIGHTS_LIST
from desktop.reports.activities.activity_sheet import ACTIVITY_SHEET
from desktop.reports.activities.month_sheet import MONTH_SHEET
from desktop.reports.activities.programme_report import PROGRAMME_REPORT
from desktop.reports.activities.schedule import SCHEDULE
from desktop.reports.assessments.assessment_sheet import ASSESSMENT_SHEET
from desktop.reports.audit.daily import DAILY_AUDIT
from desktop.reports.carry_outs.carry_sheet import CARRY_SHEET
from desktop.reports.carry_outs.incident_report import INCIDENT_REPORT
from desktop.reports.carry_outs.register import CARRY_OUT_REGISTER
from desktop.reports.conferences.group_register import GROUP_REGISTER
from desktop.reports.conferences.matter_sheet import MATTER_SHEET
from desktop.reports.conferences.minutes_sheet import MINUTES_SHEET
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.reports.disclosures.redacted_copy import REDACTED_COPY
from desktop.reports.disposal.disposal_list import DISPOSAL_LIST
from desktop.reports.effort.monthly_report import MONTHLY_REPORT
from desktop.reports.effort.programme_sheet import PROGRAMME_SHEET
from desktop.reports.employment_spells.start_report import START_REPORT
from desktop.reports.form import FormKind
from desktop.reports.guidance.letters import HEARING_NOTICE, INSTRUCTION_LETTER
from desktop.reports.guidance.sanction_notice import SANCTION_NOTICE
from desktop.reports.guidance.sheets import GUIDANCE_MATTER, HEARING_SHEET, ORAL_SHEET
from desktop.reports.handover_sheets.handover_sheet import HANDOVER_SHEET
from desktop.reports.help_cards.help_card import HELP_CARD
from desktop.reports.households.caseworker_letter import CASEWORKER_LETTER
from desktop.reports.households.household_sheet import HOUSEHOLD_SHEET
from desktop.reports.inquiries.register import INQUIRY_REGISTER
from desktop.reports.inquiries.request_letter import REQUEST_LETTER
from desktop.reports.medical.enquiry_sheet import ENQUIRY_SHEET
from desktop.reports.medical.order_set import ORDER_SET
from desktop.reports.medical.plan_sheet import HOSPITAL_PLAN_SHEET
from desktop.reports.medical.trip_application import TRIP_APPLICATION
from desktop.reports.monthly_papers.person_forms import (
    INCOME_REPORT,
    SEARCH_REPORT,
    SELF_RELIANCE_PLAN,
    TRAINING_APPLICATION,
    WORK_NOTICE,
)
from desktop.reports.monthly_papers.reminder_card import REMINDER_CARD
from desktop.reports.papers.slip import PAPER_SLIP
from desktop.reports.records.case_record import CASE_RECORD
from desktop.reports.referrals.referral_letter import REFERRAL_LETTER
from desktop.reports.support_plans.confirmation_sheet import CONFIRMATION_SHEET
from desktop.reports.support_plans.consent_sheet import CONSENT_SHEET
from desktop.reports.support_plans.plan_sheet import PLAN_SHEET
from desktop.reports.support_plans.register import PROGRAMME_REGISTER
from desktop.reports.support_policies.explanation_sheet import EXPLANATION_SHEET
from desktop.reports.support_policies.other_programmes import OTHER_PROGRAMMES
from desktop.reports.support_policies.policy_sheet import POLICY_SHEET
from desktop.reports.transfers.transfer_letter import TRANSFER_LETTER
from desktop.reports.visit_plans.call_list import CALL_LIST
from desktop.reports.visit_plans.month_plan import MONTH_PLAN
from desktop.reports.visit_plans.status_report import STATUS_REPORT
from desktop.reports.visit_plans.year_plan import YEAR_PLAN
from desktop.reports.visits.absence_note import ABSENCE_NOTE
from desktop.reports.visits.call_letter import CALL_LETTER
from desktop.reports.visits.visit_notice import VISIT_NOTICE
from desktop.reports.work_estimates.applications import (
    INDEPENDENCE_APPLICATION,
    JOB_SEARCH_APPLICATION,
    STUDY_OR_WORK_APPLICATION,
)
from desktop.reports.work_estimates.decision_notice import (
    INDEPENDENCE_NOTICE,
    JOB_SEARCH_NOTICE,
    STUDY_OR_WORK_NOTICE,
)
from desktop.reports.work_estimates.hand_sheet import HAND_SHEET
from desktop.reports.work_estimates.month_table import MONTH_TABLE

CATALOGUE: tuple[FormKind[Any], ...] = (
    CASE_RECORD,
    DAILY_AUDIT,
    DISPOSAL_LIST,
    POLICY_SHEET,
    EXPLANATION_SHEET,
    OTHER_PROGRAMMES,
    FOLLOW_UP_TABLE,
    REMINDER_LETTER,
    CASEWORKER_LETTER,
    HOUSEHOLD_SHEET,
    HANDOVER_SHEET,
    CALL_LETTER,
    VISIT_NOTICE,
    ABSENCE_NOTE,
    CARRY_SHEET,
    CARRY_OUT_REGISTER,
    INCIDENT_REPORT,
    YEAR_PLAN,
    MONTH_PLAN,
    CALL_LIST,
    STATUS_REPORT,
    TRANSFER_LETTER,
    REQUEST_LETTER,
    INQUIRY_REGISTER,
    REASONS_LIST,
    RIGHTS_LIST,
    PAPER_SLIP,
    HAND_SHEET,
    JOB_SEARCH_APPLICATION,
    INDEPENDENCE_APPLICATION,
    STUDY_OR_WORK_APPLICATION,
    CONSENT_SHEET,
    PROGRAMME_REGISTER,
    PLAN_SHEET,
    CONFIRMATION_SHEET,
    REFERRAL_LETTER,
    ACTIVITY_SHEET,
    MONTH_SHEET,
    PROGRAMME_REPORT,
    START_REPORT,
    SCHEDULE,
    ENQUIRY_SHEET,
    HOSPITAL_PLAN_SHEET,
    TRIP_APPLICATION,
    ORDER_SET,
    SEARCH_REPORT,
    INCOME_REPORT,
    WORK_NOTICE,
    TRAINING_APPLICATION,
    SELF_RELIANCE_PLAN,
    REMINDER_CARD,
    ORAL_SHEET,
    INSTRUCTION_LETTER,
    HEARING_NOTICE,
    HEARING_SHEET,
    GUIDANCE_MATTER,
    JOB_SEARCH_NOTICE,
    MONTH_TABLE,
    INDEPENDENCE_NOTICE,
    STUDY_OR_WORK_NOTICE,
    SANCTION_NOTICE,
    ASSESSMENT_SHEET,
    MATTER_SHEET,
    MINUTES_SHEET,
    GROUP_REGISTER,
    MONTHLY_REPORT,
    PROGRAMME_SHEET,
    HELP_CARD,
)


def form_titles() -> dict[str, str]:
    """Code → title of everything that may be issued or printed, or leaves as a file."""
    others = {
        REDACTED_COPY.code: REDACTED_COPY.title,
        FORM_CODE: FORM_TITLE,
        CASES_CODE: CASES_TITLE,
        FIGURES_CODE: FIGURES_TITLE,
    }
    return {form.code: form.title for form in CATALOGUE} | others
