"""The list of forms."""

from __future__ import annotations

from desktop.reports.catalogue import CATALOGUE
from tests.reports.reading import page_texts
from tests.reports.samples import make_audit_day, make_form
from tests.reports.test_activities import letter as make_referral_letter
from tests.reports.test_activities import month as make_month_sheet
from tests.reports.test_activities import record as make_activity_sheet
from tests.reports.test_activities import report as make_programme_report
from tests.reports.test_activities import schedule as make_schedule
from tests.reports.test_activities import starts as make_start_report
from tests.reports.test_assessment_sheet import sheet as make_assessment_sheet
from tests.reports.test_carry_outs import register as make_carry_register
from tests.reports.test_carry_outs import report as make_incident_report
from tests.reports.test_carry_outs import sheet as make_carry_sheet
from tests.reports.test_caseworker_letter import letter as make_caseworker_letter
from tests.reports.test_conference_sheets import matter as make_matter_sheet
from tests.reports.test_conference_sheets import minutes as make_minutes_sheet
from tests.reports.test_conference_sheets import register as make_group_register
from tests.reports.test_declarations import form as make_follow_up
from tests.reports.test_declarations import letter as make_letter
from tests.reports.test_disclosures import form as make_reasons_list
from tests.reports.test_disposal_list import form as make_disposal_form
from tests.reports.test_effort import monthly as make_monthly_report
from tests.reports.test_effort import sheet as make_programme_sheet
from tests.reports.test_explanation_sheet import sheet as make_explanation_sheet
from tests.reports.test_guidance import hearing as make_hearing_sheet
from tests.reports.test_guidance import letter as make_instruction_letter
from tests.reports.test_guidance import matter as make_guidance_matter
from tests.reports.test_guidance import notice as make_hearing_notice
from tests.reports.test_guidance import oral as make_oral_sheet
from tests.reports.test_guidance import sanction as make_sanction_notice
from tests.reports.test_handover_sheet import sheet as make_handover_sheet
from tests.reports.test_help_card import sheet as make_help_card
from tests.reports.test_household_forms import note as make_absence_note
from tests.reports.test_household_forms import sheet as make_household_sheet
from tests.reports.test_inquiries import letter as make_request_letter
from tests.reports.test_inquiries import register as make_inquiry_register
from tests.reports.test_medical import enquiry_sheet as make_enquiry_sheet
from tests.reports.test_medical import order_set as make_order_set
from tests.reports.test_medical import plan_sheet as make_hospital_plan
from tests.reports.test_medical import trip_application as make_trip_application
from tests.reports.test_monthly_papers import card as make_card
from tests.reports.test_monthly_papers import person_form as make_person_form
from tests.reports.test_other_programmes import form as make_other_programmes
from tests.reports.test_policy_sheet import form as make_policy_form
from tests.reports.test_rights_list import form as make_rights_list
from tests.reports.test_slip import form as make_slip_form
from tests.reports.test_support_plans import confirmation as make_confirmation
from tests.reports.test_support_plans import consent as make_consent
from tests.reports.test_support_plans import plan as make_plan_sheet
from tests.reports.test_support_plans import register as make_programme_register
from tests.reports.test_transfer_letter import letter as make_transfer_letter
from tests.reports.test_visit_letters import call as make_call_letter
from tests.reports.test_visit_letters import notice as make_visit_notice
from tests.reports.test_visit_plans import make_call_list
from tests.reports.test_visit_plans import month as make_month_plan
from tests.reports.test_visit_plans import report as make_visit_report
from tests.reports.test_visit_plans import year as make_year_plan
from tests.reports.test_work_estimates import independence as make_independence_application
from tests.reports.test_work_estimates import job_search as make_job_search_application
from tests.reports.test_work_estimates import month_table as make_month_table
from tests.reports.test_work_estimates import notice as make_notice
from tests.reports.test_work_estimates import sheet as make_hand_sheet
from tests.reports.test_work_estimates import study_or_work as make_study_or_work_application


def test_codes_are_unique_and_every_form_prints_its_code(fonts):
    codes = [form.code for form in CATALOGUE]
    samples = {
        "K-04": make_form(),
        "A-01": make_audit_day(),
        "D-01": make_disposal_form(),
        "K-05": make_policy_form(),
        "K-06": make_explanation_sheet(),
        "K-24": make_other_programmes(),
        "K-21": make_follow_up(),
        "L-01": make_letter(),
        "L-02": make_caseworker_letter(),
        "K-02": make_household_sheet(),
        "K-25": make_handover_sheet(),
        "L-03": make_call_letter(),
        "L-04": make_visit_notice(),
        "K-10": make_absence_note(),
        "K-09": make_carry_sheet(),
        "K-11": make_carry_register(),
        "K-29": make_incident_report(),
        "K-07": make_year_plan(),
        "K-08": make_month_plan(),
        "K-08T": make_call_list(),
        "K-27": make_visit_report(),
        "K-26": make_transfer_letter(),
        "K-19": make_request_letter(),
        "K-19R": make_inquiry_register(),
        "J-01": make_reasons_list(),
        "R-01": make_rights_list(),
        "U-01": make_slip_form(),
        "S-36": make_hand_sheet(),
        "S-25": make_job_search_application(),
        "S-26": make_independence_application(),
        "S-27": make_study_or_work_application(),
        "S-08": make_consent(),
        "S-09": make_programme_register(),
        "S-11": make_plan_sheet(),
        "S-12": make_confirmation(),
        "S-10": make_referral_letter(),
        "S-13": make_activity_sheet(),
        "S-14": make_month_sheet(),
        "S-15": make_programme_report(),
        "S-16": make_start_report(),
        "S-17": make_schedule(),
        "S-07": make_enquiry_sheet(),
        "S-21": make_hospital_plan(),
        "S-22": make_trip_application(),
        "K-18": make_order_set(),
        **{code: make_person_form() for code in ("S-18", "S-19", "S-20", "S-23", "S-24")},
        "S-33": make_card(),
        "S-28": make_oral_sheet(),
        "K-15": make_instruction_letter(),
        "K-16": make_hearing_notice(),
        "K-17": make_hearing_sheet(),
        "K-14G": make_guidance_matter(),
        "S-25D": make_notice(),
        "S-25C": make_month_table(),
        "S-26D": make_notice(),
        "S-27D": make_notice(),
        "S-32": make_sanction_notice(),
        "S-01": make_assessment_sheet(),
        "S-02": make_matter_sheet(),
        "K-14": make_minutes_sheet(),
        "S-34": make_group_register(),
        "S-35": make_monthly_report(),
        "S-37": make_programme_sheet(),
        "H-01": make_help_card(),
    }
    assert codes == list(samples)
    for form in CATALOGUE:
        pages = page_texts(form.pdf(samples[form.code], fonts).data)
        assert pages
        for page in pages:
            assert f"{form.code} {form.title}" in page
            assert form.edition in page
