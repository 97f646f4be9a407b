"""Who may do what with which rows: the matrix that the database obeys and the tests walk (DESIGN section 4).

It stands here once. `desktop/database/security/` makes grants and row policies of it, `banso-admin rights`
prints it. Moves of approvals stand in `domain/approvals.py`; what a row must look like when somebody adds or
changes it is judged by the database's guards, one sentence each in `GUARDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.domain.right_kinds import Action, Reach, Right, Visibility, add, change
from desktop.domain.roles import Permission

_READS: Mapping[Visibility, tuple[Right, ...]] = {
    Visibility.OFFICE: (Right(action=Action.READ, reach=Reach.OFFICE),),
    Visibility.DIRECTORY: (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=Permission.FIND_HOUSEHOLDS),
    ),
    Visibility.FACTS: (
        Right(action=Action.READ, reach=Reach.DUTY, permission=Permission.OPEN_CASE_FILES),
    ),
    Visibility.CONTENT: (
        Right(action=Action.READ, reach=Reach.TICKET, permission=Permission.OPEN_CASE_FILES),
    ),
    Visibility.LOG: (),
}

_WRITE = Permission.WRITE_RECORDS
_OPEN = Permission.OPEN_CASE_FILES
_ASSESS, _DECIDE, _CALL = (
    Permission.ASSESS,
    Permission.DECIDE_APPROVALS,
    Permission.CALL_CONFERENCES,
)
_ORDER = Permission.ORDER_EXAMINATION
_IMPORT = Permission.IMPORT_LEDGER
_IMPORTED = (
    add(_IMPORT, Reach.IMPORT),
    Right(action=Action.CHANGE, reach=Reach.IMPORT, permission=_IMPORT),
)
_IMPORTED_ONCE = (add(_IMPORT, Reach.IMPORT),)
#: Lists of disposal and what remains move by functions only.
_DISPOSAL_READ = tuple(
    Right(action=Action.READ, reach=Reach.OFFICE, permission=permission)
    for permission in (Permission.SEE_DISPOSAL, Permission.SEE_AUDIT)
)
_OWN_PAPER = Right(action=Action.READ, reach=Reach.OWN, permission=Permission.RECEIVE_PAPERS)
_OWN_READ = Right(action=Action.READ, reach=Reach.OWN, permission=_OPEN)
_BOOK_READ = (Right(action=Action.READ, reach=Reach.OFFICE, permission=_OPEN),)

_FINDINGS = ("work_finding", "work_finding_element", "work_finding_decision")
_GUIDANCE = (
    *("guidance_case", "guidance_step", "guidance_step_text"),
    *("instruction_item", "item_check", "disposition_ground"),
)

_BLIND = ("blind_draw", "blind_check", "blind_check_assignment", "blind_answers")

#: Tables that need a permission of their own to be read, beside the reach of their class.
_READ_WITH: Mapping[str, Permission] = {
    **dict.fromkeys(
        (
            "sensitive_barrier",
            *("medical_enquiry_text", "medical_opinion_text"),
            *("examination_order_text", "examination_step_text"),
            *("hospital_plan_text", "hospital_plan_row"),
            *("hospital_appointment_text", "hospital_visit_text"),
        ),
        Permission.READ_SENSITIVE,
    ),
    # Minutes may be about guidance and sanction: not for those who only help towards work.
    "conference_minutes": Permission.CALL_CONFERENCES,
    **dict.fromkeys(_FINDINGS, Permission.JUDGE_ABILITY),
    **dict.fromkeys(_GUIDANCE, Permission.GUIDE),
    # Whose case was drawn and what was answered is for those who supervise; who is asked sees the own request alone.
    **dict.fromkeys(_BLIND, Permission.SEE_SUPERVISION),
}
#: What each table allows beyond the reading of its class. Approvals, tickets, papers and accounts move by functions only.
_MORE: Mapping[str, tuple[Right, ...]] = {
    "entry": (
        # What one has still to finish stays on the own desk when the district is another's (担当替え).
        Right(action=Action.READ, reach=Reach.OWN, permission=_WRITE),
        add(_WRITE),
        change(
            _WRITE,
            *("contact_id", "kind", "event_on", "state", "change", "changed_by", "version"),
            *("content_hash", "body_length", "body_digest", "body_sketch", "body_is_set_phrase"),
            *("saved_at", "moved_to"),
        ),
        *_IMPORTED_ONCE,
    ),
    "entry_version": (add(_WRITE), *_IMPORTED_ONCE),
    "segment": (add(_WRITE), *_IMPORTED_ONCE),
    "contact": (add(_WRITE),),
    "contact_staff": (add(_WRITE),),
    "contact_met": (add(_WRITE),),
    "promise": (add(_WRITE), change(_WRITE, "due_on", "kept_on", "to_version")),
    "promise_text": (add(_WRITE), change(_WRITE, "who", "what")),
    "legacy_author": _IMPORTED_ONCE,
    "support_policy": (
        add(_WRITE),
        change(_WRITE, "kind", "made_on", "version", "content_hash", "body_sketch", "saved_at"),
    ),
    "support_policy_version": (add(_WRITE),),
    "policy_text": (add(_WRITE),),
    "policy_issue": (add(_WRITE),),
    "policy_evidence": (add(_WRITE),),
    "policy_goal": (add(_WRITE),),
    "policy_action": (add(_WRITE),),
    "policy_explanation": (add(_WRITE),),
    "policy_explanation_text": (add(_WRITE),),
    "policy_no_review": (add(_WRITE),),
    "policy_no_review_text": (add(_WRITE),),
    "policy_impact": (add(_WRITE),),
    "visit_grade": (add(_WRITE),),
    "visit_grade_text": (add(_WRITE),),
    "visit_grade_kept": (add(_WRITE),),
    "visit_grade_kept_text": (add(_WRITE),),
    "printed_policy": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "printed_file": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "printed_issue": (Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),),
    "paper": (_OWN_PAPER,),
    "paper_link": (_OWN_PAPER,),
    "attachment": (_OWN_PAPER,),
    "printed_paper": (Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN), _OWN_PAPER),
    "todo": (
        _OWN_READ,
        add(_OPEN, Reach.OFFICE),
        change(_OPEN, "state", "closed_at", "version", reach=Reach.OWN),
    ),
    "todo_text": (
        _OWN_READ,
        add(_OPEN, Reach.OFFICE),
        change(_OPEN, "reply", reach=Reach.OWN),
    ),
    # Set phrases of one's own: nobody else reads them.
    "own_phrase": (
        Right(action=Action.READ, reach=Reach.OWN, permission=_WRITE),
        add(_WRITE, Reach.OWN),
        change(
            _WRITE,
            *("code", "folded", "label", "text", "segments", "is_ended", "version", "saved_at"),
            reach=Reach.OWN,
        ),
    ),
    # Saved searches: the words of one's own question. The guard lets the words only be emptied, at the end.
    "saved_search": (
        Right(action=Action.READ, reach=Reach.OWN, permission=_OPEN),
        add(_OPEN, Reach.OWN),
        change(
            _OPEN,
            *("name", "words", "case_number", "purpose", "valid_until", "ended_at"),
            reach=Reach.OWN,
        ),
    ),
    # A call whose household nobody knows lies open to everybody who opens files: somebody has to recognise it.
    **dict.fromkeys(
        ("telephone_memo", "telephone_memo_text"), (_OWN_READ, add(_OPEN, Reach.OFFICE))
    ),
    "print_batch": (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=_OPEN),
        add(Permission.PRINT_DRAFTS, Reach.OWN),
        # The list of rights is printed by whoever decides about accounts.
        Right(action=Action.READ, reach=Reach.OWN, permission=Permission.APPROVE_ACCOUNTS),
        add(Permission.APPROVE_ACCOUNTS, Reach.OWN),
        # The monthly report on figures (S-35) and the review of programmes are printed by whoever supervises.
        add(Permission.SEE_SUPERVISION, Reach.OWN),
    ),
    "printed_entry": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "ledger_import": (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=_IMPORT),
        add(_IMPORT, Reach.IMPORT),
    ),
    "master": (
        add(Permission.EDIT_MASTERS, Reach.OFFICE),
        change(Permission.EDIT_MASTERS, "rejected_by", "rejected_at", reach=Reach.OFFICE),
        change(
            Permission.APPROVE_MASTERS,
            *("approved_by", "approved_at", "rejected_by", "rejected_at"),
            reach=Reach.OFFICE,
        ),
    ),
    # Why a plan was returned: for those whose duty its district is.
    "visit_plan_step_text": (_OWN_READ,),
    "working_week": (add(_WRITE, Reach.OFFICE),),
    "working_half_day": (add(_WRITE, Reach.OFFICE),),
    "working_absence": (
        add(_WRITE, Reach.OFFICE),
        change(_WRITE, "struck_by", "struck_at", reach=Reach.OFFICE),
    ),
    "joint_booking": (
        add(_WRITE, Reach.OFFICE),
        change(_WRITE, "cancelled_by", "cancelled_at", reach=Reach.OFFICE),
    ),
    "joint_booking_household": (add(_WRITE),),
    "joint_rule": (add(_WRITE), change(_WRITE, "ended_by", "ended_at")),
    "visit_appointment": (add(_WRITE), change(_WRITE, "cancelled_by", "cancelled_at")),
    "planned_visit_point": (add(_WRITE),),
    "planned_visit_point_text": (add(_WRITE),),
    "visit_preference": (add(_WRITE),),
    "visit_preference_time": (add(_WRITE),),
    "visit_preference_telephone": (add(_WRITE),),
    **dict.fromkeys(
        (*("assessment", "assessment_answers", "assessment_barrier", "sensitive_barrier"),),
        (add(_ASSESS),),
    ),
    **dict.fromkeys(("support_hold_lift", "support_hold_lift_text"), (add(_DECIDE),)),
    "case_conference": (
        add(_CALL, Reach.OFFICE),
        change(_DECIDE, "held_on", "held_by", "closed_at", reach=Reach.OFFICE),
    ),
    "conference_member": (add(_DECIDE, Reach.OFFICE),),
    **dict.fromkeys(("conference_matter", "conference_minutes"), (add(_CALL),)),
    **dict.fromkeys(("support_group_decision", "support_group_reason"), (add(_DECIDE),)),
    **dict.fromkeys(
        (
            *("support_plan", "support_plan_programme", "support_plan_text"),
            *("support_plan_goal", "support_plan_step", "support_plan_step_result"),
            *("support_plan_consent", "support_plan_review", "support_plan_review_text"),
            *("support_plan_goal_result", "support_plan_end", "support_plan_end_text"),
        ),
        (add(_WRITE),),
    ),
    **dict.fromkeys(("participation_mark", "participation_mark_text"), (add(_ASSESS),)),
    **dict.fromkeys(("participation_consent", "participation_consent_text"), (add(_WRITE),)),
    "participation": (
        add(_WRITE),
        change(_WRITE, "ended_on", "outcome", "ended_by", "ended_at"),
    ),
    **dict.fromkeys(
        (
            *("medical_enquiry", "medical_enquiry_text", "medical_enquiry_step"),
            *("medical_opinion", "medical_opinion_text"),
            *("hospital_plan", "hospital_plan_text", "hospital_plan_row"),
            *("hospital_appointment", "hospital_appointment_text"),
            *("hospital_visit", "hospital_visit_text"),
        ),
        (add(_ASSESS),),
    ),
    **dict.fromkeys(("examination_order", "examination_order_text"), (add(_ORDER),)),
    # Written by who orders, approved by who decides: the guard says which step is whose.
    **dict.fromkeys(
        ("examination_step", "examination_step_text"),
        (add(_ORDER), add(_DECIDE)),
    ),
    "travel_trip": (add(_WRITE),),
    "work_finding": (add(Permission.JUDGE_ABILITY),),
    "work_finding_element": (add(Permission.JUDGE_ABILITY),),
    "work_finding_decision": (add(_DECIDE),),
    **dict.fromkeys(_GUIDANCE, (add(Permission.GUIDE),)),
    "benefit_case": (add(_WRITE),),
    "benefit_case_text": (add(_WRITE),),
    "benefit_decision": (add(_WRITE),),
    "benefit_decision_text": (add(_WRITE),),
    **dict.fromkeys(
        (
            *("activity", "activity_text"),
            *("referral", "referral_text", "referral_step", "referral_step_text"),
            *("employment_spell", "employment_spell_text", "employment_check"),
            *("employment_end", "employment_end_text"),
            *("procedure_record", "procedure_text"),
            "liaison",
        ),
        (add(_WRITE),),
    ),
    # An amount is noted where its paper comes in, by the grid of monthly papers: no file is opened for it.
    "income_month": (add(_WRITE, Reach.DUTY),),
    "income_month_text": (add(_WRITE),),
    # A household is ticked off from a list: no file is opened for it, only for words.
    "rule_change_tick": (add(_WRITE, Reach.DUTY),),
    "rule_change_note": (add(_WRITE),),
    **dict.fromkeys(("blind_draw", "blind_check"), (add(_DECIDE, Reach.OFFICE),)),
    "blind_check_assignment": (
        Right(action=Action.READ, reach=Reach.OWN, permission=_ASSESS),
        add(_DECIDE, Reach.OFFICE),
        change(_DECIDE, "withdrawn_why", "withdrawn_by", "withdrawn_at", reach=Reach.OFFICE),
        change(_ASSESS, "answered_at", reach=Reach.OWN),
    ),
    "blind_answers": (add(_ASSESS),),
    # Reviews of programmes name nobody: they are written and approved by those who supervise.
    **dict.fromkeys(
        ("programme_review", "promotion_plan"),
        (add(Permission.SEE_SUPERVISION, Reach.OFFICE),),
    ),
    "programme_review_approval": (add(_DECIDE, Reach.OFFICE),),
    **dict.fromkeys(
        ("help_page", "help_package", "help_package_return"),
        (add(Permission.SEE_SUPERVISION, Reach.OFFICE),),
    ),
    "town_import": (add(Permission.EDIT_MASTERS, Reach.OFFICE),),
    "town_point": (add(Permission.EDIT_MASTERS, Reach.OFFICE),),
    # The register of what leaves the office lies open for everybody who opens files there; it names no household.
    **dict.fromkeys(
        ("carry_out", "carry_out_kind", "carry_out_step", "carry_out_pass", "reading_pack"),
        _BOOK_READ,
    ),
    # Both sides of a handover see its households, also where the file is not (yet, or no longer) before them.
    **dict.fromkeys(("handover_household", "handover_fault"), (_OWN_READ,)),
    "incident": (
        _OWN_READ,
        Right(action=Action.READ, reach=Reach.OFFICE, permission=Permission.SEE_SUPERVISION),
    ),
    "disposal_list": _DISPOSAL_READ,
    "disposal_item": _DISPOSAL_READ,
    "disposal_decision": _DISPOSAL_READ,
    "tombstone": _DISPOSAL_READ,
    "district": _IMPORTED_ONCE,
    "household": _IMPORTED,
    "household_key": _IMPORTED_ONCE,
    "person_key": _IMPORTED_ONCE,
    "person": _IMPORTED,
    "member": _IMPORTED,
    "safety_mark": _IMPORTED,
    "household_state_period": _IMPORTED,
    "household_type_period": _IMPORTED,
    "district_period": _IMPORTED,
    "address_period": _IMPORTED,
    "visit_grade_period": _IMPORTED,
    "residence_period": _IMPORTED,
    "work_period": _IMPORTED,
    "take_over": _IMPORTED,
}

#: Made by the database of other tables' rows: read and written by its functions alone, and not told of a second time.
MADE_OF_OTHERS = frozenset({"search_text"})

#: Told of row by row, before and after, even when they come in bulk: what protects people, and who looks after what.
TOLD_ONE_BY_ONE = frozenset(
    {"safety_mark", "assignment", "person_assignment", "staff", "staff_role", "staff_absence"}
)


def rights_of(table: str, visibility: Visibility) -> tuple[Right, ...]:
    """All rights on a table of this class."""
    if table in MADE_OF_OTHERS:
        return ()
    reads = _READS[visibility]
    if table in _READ_WITH:
        reads = tuple(replace(right, permission=_READ_WITH[table]) for right in reads)
    return (*reads, *_MORE.get(table, ()))


def named_tables() -> Iterator[str]:
    """The tables that the matrix names; a test holds that each exists."""
    yield from _MORE


def imported_tables() -> Iterator[str]:
    """The tables that a ledger import writes."""
    for table, rights in _MORE.items():
        if any(right.reach is Reach.IMPORT for right in rights):
            yield table
