"""The registered tables of office data (設定値) and what their rows hold. A new table is registered here, once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.master_tables_activities import ACTIVITY_TABLES
from desktop.domain.master_tables_assessments import ASSESSMENT_TABLES
from desktop.domain.master_tables_effort import EFFORT_TABLES
from desktop.domain.master_tables_employment import EMPLOYMENT_TABLES
from desktop.domain.master_tables_files import FILE_TABLES
from desktop.domain.master_tables_grades import GRADE_TABLES
from desktop.domain.master_tables_guidance import GUIDANCE_TABLES
from desktop.domain.master_tables_help import HELP_TABLES
from desktop.domain.master_tables_letters import LETTER_TABLES
from desktop.domain.master_tables_monthly import MONTHLY_TABLES
from desktop.domain.master_tables_plans import PLAN_TABLES
from desktop.domain.master_tables_procedures import PROCEDURE_TABLES
from desktop.domain.master_tables_records import RECORD_TABLES
from desktop.domain.master_tables_ticks import TICK_TABLES
from desktop.domain.master_tables_visits import VISIT_TABLES
from desktop.domain.masters import MasterTable


class Master(StrEnum):
    """The names of the tables."""

    ENTRY_KINDS = "entry_kinds"
    RESULT_CODES = "result_codes"
    ROUTES = "routes"
    THRESHOLDS = "thresholds"
    HOLIDAYS = "holidays"
    VISIT_GRADES = "visit_grades"
    VISIT_FLOORS = "visit_floors"
    VISIT_EXCEPTIONS = "visit_exceptions"
    VISIT_COUNTING = "visit_counting"
    GRADE_REASONS = "grade_reasons"
    VISIT_DEVIATION_REASONS = "visit_deviation_reasons"
    VISIT_PURPOSES = "visit_purposes"
    TEMPLATES = "templates"
    PHRASES = "phrases"
    WORDING = "wording"
    READING_REASONS = "reading_reasons"
    RETENTION = "retention"
    PAPER_KINDS = "paper_kinds"
    REVIEW_EVENTS = "review_events"
    OTHER_PROGRAMMES = "other_programmes"
    READINGS = "readings"
    POLICY_WORDING = "policy_wording"
    DECLARATION_CYCLES = "declaration_cycles"
    LETTER_CONTACT = "letter_contact"
    WELFARE_OFFICES = "welfare_offices"
    TRANSFER_ENCLOSURES = "transfer_enclosures"
    INQUIRY_AGENCIES = "inquiry_agencies"
    INQUIRY_ITEMS = "inquiry_items"
    DISCLOSURE_REASONS = "disclosure_reasons"
    CARRY_MEDIA = "carry_media"
    CARRY_CHECKS = "carry_checks"
    PAPER_STYLE = "paper_style"
    FORM_NUMBERS = "form_numbers"
    FORM_WORDING = "form_wording"
    VISIT_HALF_DAYS = "visit_half_days"
    VISIT_OFFICE_DAYS = "visit_office_days"
    TRAVEL_SETTINGS = "travel_settings"
    DISTRICT_MINUTES = "district_minutes"
    NEED_POINTS = "need_points"
    PLANNING_WEIGHTS = "planning_weights"
    VEHICLES = "vehicles"
    ENTRY_CARDS = "entry_cards"
    SMS_GATEWAY = "sms_gateway"
    SMS_COLUMNS = "sms_columns"
    SUPPORT_GROUPS = "support_groups"
    GROUP_RULES = "group_rules"
    BARRIERS = "barriers"
    SELF_DRIVE_ITEMS = "self_drive_items"
    ASSESSMENT_ANCHORS = "assessment_anchors"
    ASSESSMENT_NUMBERS = "assessment_numbers"
    WORK_PARAMETERS = "work_parameters"
    WORK_DEDUCTIONS = "work_deductions"
    WORK_GRANT_RATES = "work_grant_rates"
    PROGRAMMES = "programmes"
    SUPPORT_OUTCOMES = "support_outcomes"
    PARTNERS = "partners"
    ACTIVITY_KINDS = "activity_kinds"
    DOCTOR_QUESTIONS = "doctor_questions"
    MONTHLY_PAPERS = "monthly_papers"
    MONTHLY_REASONS = "monthly_reasons"
    MONTHLY_NUMBERS = "monthly_numbers"
    MONTHLY_REPLACEMENTS = "monthly_replacements"
    CARD_LANGUAGES = "card_languages"
    GUIDANCE_NUMBERS = "guidance_numbers"
    ABOLITION_EXCEPTIONS = "abolition_exceptions"
    STANDARD_MINUTES = "standard_minutes"
    KPI_TARGETS = "kpi_targets"
    KPI_GROUPS = "kpi_groups"
    PROCEDURE_CHOICES = "procedure_choices"
    LIST_EXPORTS = "list_exports"
    TICK_SUBJECTS = "tick_subjects"
    TICK_SOURCES = "tick_sources"
    TICK_ENDINGS = "tick_endings"
    TICK_STYLE = "tick_style"
    HELP_KEYS = "help_keys"
    SEARCH_SYNONYMS = "search_synonyms"


#: All tables, in the order of the settings screen.
MASTER_TABLES: Mapping[str, MasterTable] = {
    table.name: table
    for table in (
        *RECORD_TABLES,
        *GRADE_TABLES,
        *FILE_TABLES,
        *LETTER_TABLES,
        *VISIT_TABLES,
        *ASSESSMENT_TABLES,
        *EMPLOYMENT_TABLES,
        *PLAN_TABLES,
        *ACTIVITY_TABLES,
        *MONTHLY_TABLES,
        *GUIDANCE_TABLES,
        *EFFORT_TABLES,
        *PROCEDURE_TABLES,
        *TICK_TABLES,
        *HELP_TABLES,
    )
}
