"""Rows on their way to the database, collected by table and written in large portions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

#: The columns of each table in the order in which its rows are added.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "database_info": "id kind created_at",
        "office": "id code name",
        "staff": "id office_id login name kana active_from active_to version",
        "staff_role": "id office_id staff_id role valid_from valid_to",
        "staff_absence": "id office_id staff_id substitute_id valid_from valid_to",
        "district": "id office_id code name is_special version",
        "assignment": "id office_id district_id staff_id kind valid_from valid_to",
        "person_assignment": "id office_id person_id staff_id valid_from valid_to",
        "household": "id office_id case_number district_id state household_type head_name head_kana sort_key"
        " member_count is_shielded version",
        "household_key": "office_id word household_id",
        "person_key": "office_id word household_id",
        "person": "id office_id person_number name kana birth_date sex died_on version",
        "member": "id office_id household_id person_id relation is_head valid_from valid_to",
        "safety_mark": "id office_id household_id kind valid_from valid_to",
        "household_state_period": "id office_id household_id state valid_from valid_to",
        "household_type_period": "id office_id household_id household_type valid_from valid_to",
        "district_period": "id office_id household_id district_id valid_from valid_to",
        "address_period": "id office_id household_id postal_code address valid_from valid_to",
        "visit_grade_period": "id office_id household_id grade valid_from valid_to",
        "residence_period": "id office_id person_id kind place valid_from valid_to",
        "work_period": "id office_id person_id employer valid_from valid_to",
        "take_over": "id office_id household_id taken_over_on last_met_on policy_approved_on policy_due_on"
        " income_declared_on assets_declared_on",
        "contact": "id office_id household_id happened_on started_at ended_at method place result_code"
        " is_home_visit is_absence has_danger_signs",
        "contact_staff": "contact_id staff_id office_id household_id",
        "contact_met": "id office_id contact_id household_id person_id label",
        "entry": "id office_id household_id contact_id number kind origin state change event_on recorded_at"
        " saved_at author_id version approved_version approved_at content_hash is_annulled body_length"
        " body_digest body_sketch body_is_set_phrase",
        "entry_version": "entry_id version office_id household_id change kind contact_id saved_at saved_by"
        " content_hash",
        "policy_impact": "id office_id entry_id version household_id answer answered_by answered_at",
        "segment": "entry_id version segment_id office_id household_id position kind source text",
        "legacy_author": "entry_id office_id household_id name",
        "promise": "id office_id household_id entry_id due_on kept_on from_version",
        "promise_text": "promise_id office_id household_id who what",
        "support_policy": "id office_id household_id kind state made_on author_id saved_at version"
        " approved_version approved_at review_due_on follows content_hash gaps body_sketch",
        "support_policy_version": "policy_id version office_id household_id kind made_on saved_at saved_by"
        " content_hash grade visits_per_year",
        "policy_text": "policy_id version office_id household_id situation evaluation",
        "policy_issue": "policy_id version office_id household_id issue_id position person_id independence"
        " domain text fact cause wish strength standing result",
        "policy_evidence": "policy_id version office_id household_id issue_id position entry_id entry_version"
        " segment_id start_at end_at quote",
        "policy_goal": "policy_id version office_id household_id goal_id issue_id position term text by_on",
        "policy_action": "policy_id version office_id household_id action_id issue_id position actor what by_on"
        " measure",
        "policy_explanation": "id office_id household_id policy_id explained_on explained_by recorded_at"
        " understanding",
        "policy_explanation_text": "explanation_id office_id household_id to_whom place said",
        "policy_duty": "id office_id household_id policy_id line_id issue_id kind about person_id actor by_on"
        " began_on settled_on",
        "policy_result": "id office_id household_id duty_id outcome happened_on noted_by noted_at",
        "policy_result_text": "result_id office_id household_id text",
        "paper": "id office_id household_id fiscal_year number kind person_id sheets state received_by received_at"
        " owner_id settled_at",
        "paper_text": "paper_id office_id household_id from_whom note",
        "paper_step": "paper_id number office_id household_id state by_id at",
        "paper_step_text": "paper_id number office_id household_id reason",
        "declaration_duty": "id office_id household_id person_id kind cycle valid_from valid_to given_by given_at",
        "declaration_duty_text": "duty_id office_id household_id reason",
        "declaration_receipt": "id office_id household_id person_id kind month paper_id linked_by linked_at"
        " struck_by struck_at",
        "declaration_missing": "id office_id household_id person_id kind month reason noted_by noted_at",
        "declaration_missing_text": "missing_id office_id household_id words",
        "declaration_reminder": "id office_id household_id person_id kind month number batch_id printed_by printed_at",
        "transfer": "id office_id household_id version moved_on destination consent consent_on state state_at drafted_by"
        " saved_by saved_at fiscal_year number sent_on acknowledged_on confirmed_by confirmed_at",
        "transfer_text": "transfer_id office_id household_id needs dangers agreed",
        "transfer_enclosure": "transfer_id code office_id household_id",
        "transfer_step": "transfer_id number office_id household_id state by_id at stated_on",
        "transfer_step_text": "transfer_id number office_id household_id words",
        "transfer_book": "office_id fiscal_year last_number",
        "inquiry": "id office_id household_id fiscal_year number person_id agency basis consent state step asked_by"
        " asked_at due_on approved_by approved_at batch_id sent_at reminders reminded_at answered_on answered_at"
        " paper_id checked_at",
        "inquiry_step": "inquiry_id number office_id household_id state by_id at",
        "inquiry_step_text": "inquiry_id number office_id household_id words",
        "inquiry_text": "inquiry_id number office_id household_id purpose more",
        "inquiry_item": "inquiry_id number place office_id household_id code label wording basis",
        "approval": "id office_id subject_kind subject_id household_id round root_version content_hash state"
        " position author_id submitted_by submitted_at decided_at waits_inspection version",
        "approval_step": "approval_id number office_id household_id position kind state decided_by decided_at shown",
        "approval_move": "id office_id approval_id household_id move by_id at root_version content_hash step"
        " reply_due",
        "approval_note": "move_id office_id household_id text",
        "todo": "id office_id owner_id household_id origin origin_id due_on state created_by created_at"
        " closed_at version",
        "todo_text": "todo_id office_id household_id text reply",
        "print_batch": "id office_id printed_by printed_at mark pages sha256",
        "printed_entry": "batch_id entry_id version office_id household_id",
        "printed_policy": "batch_id policy_id version form office_id household_id",
        "working_week": "id office_id staff_id valid_from set_by set_at",
        "working_half_day": "week_id weekday half office_id minutes",
        "working_absence": "id office_id staff_id kind first_on last_on half weekday every_weeks entered_by entered_at"
        " struck_by struck_at",
        "town_import": "id office_id file_name sha256 point_count imported_by imported_at",
        "town_point": "id office_id import_id prefecture city_code city town_code town kind latitude longitude",
        "visit_preference": "id office_id household_id version is_announced needs_two set_by set_at",
        "visit_preference_time": "preference_id weekday half office_id household_id liking",
        "paper_link": "id office_id household_id paper_id entry_id todo_id made_by made_at",
    }.items()
}


#: Takes rows of a table, their values in the order of `COLUMNS`.
WriteRows = Callable[[str, list[tuple[object, ...]]], object]


class Rows:
    """Takes rows in the form both databases take (see `bulk_insert_plain`) and hands them on in portions."""

    def __init__(self, write: WriteRows) -> None:
        self._write = write
        self._waiting: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)

    def add(self, table: str, *values: object) -> None:
        """Add one row, its values in the order of `COLUMNS`."""
        self._waiting[table].append(values)

    def flush(self) -> None:
        """Hand on everything that waits."""
        for name, rows in self._waiting.items():
            self._write(name, rows)
        self._waiting.clear()
