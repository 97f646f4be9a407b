"""Which roles may call which functions of PostgreSQL in a statement of their own."""

from __future__ import annotations

from desktop.database.audit_trail import judges
from desktop.database.security.names import AUDIT, STAFF, groups
from desktop.domain.roles import ROLE_PERMISSIONS, Permission, Role, roles_with

_READERS = groups(roles_with(Permission.OPEN_CASE_FILES))
_WRITERS = groups(roles_with(Permission.WRITE_RECORDS))
_RECEIVERS = groups(roles_with(Permission.RECEIVE_PAPERS))
_DECIDERS = groups(roles_with(Permission.DECIDE_APPROVALS))
_IMPORTERS = groups(roles_with(Permission.IMPORT_LEDGER))
_HISTORY = groups(
    tuple(
        role
        for role in Role
        if {Permission.SEE_AUDIT, Permission.OPEN_CASE_FILES} & ROLE_PERMISSIONS[role]
    )
)
_PRINTERS = groups(roles_with(Permission.PRINT_DRAFTS))
_DISCLOSERS = groups(roles_with(Permission.PREPARE_DISCLOSURES))
_DISCLOSURE_READERS = groups(roles_with(Permission.SEE_DISCLOSURES))
_DISPOSAL_DRAWERS = groups(roles_with(Permission.DRAW_UP_DISPOSAL))
_DISPOSAL_CHECKERS = groups(roles_with(Permission.CHECK_DISPOSAL))
_ACCOUNT_MANAGERS = groups(roles_with(Permission.MANAGE_ACCOUNTS))
_REPORT = groups(roles_with(Permission.SEE_AUDIT_REPORT))
_ACCOUNT_DECIDERS = groups(roles_with(Permission.APPROVE_ACCOUNTS))

#: Functions of schema `app` that people's own statements call; all others are for our functions alone.
CALLED_BY = {
    "lock_mark()": STAFF,
    "now()": STAFF,
    "today()": STAFF,
    "me()": f"{STAFF}, {AUDIT}",
    "my_offices()": STAFF,
    "offices_with(text)": STAFF,
    "wide_offices()": STAFF,
    "opened()": STAFF,
    "near_households()": STAFF,
    "duty_districts()": STAFF,
    "acting_for()": STAFF,
    "others_drafts()": STAFF,
    "closed_issues()": STAFF,
    "closed_matters()": STAFF,
    "unlisted_forms()": STAFF,
    "others_promises()": STAFF,
    "others_contacts()": STAFF,
    "others_policies()": STAFF,
    "importing_offices()": STAFF,
    "open_files(text, uuid[], text)": STAFF,
    "ask_search(text)": _READERS,
    "ask_saved_search(uuid, text)": _READERS,
    "search_texts(uuid, text, uuid, text, uuid, date, date, date, uuid)": _READERS,
    "submit(text, uuid, integer)": _WRITERS,
    "withdraw(uuid)": _WRITERS,
    "give_up_change(uuid)": f"{_WRITERS}, {_DECIDERS}",
    "decide(uuid, text, integer, text, text, text, date, text)": _DECIDERS,
    "receive_paper(uuid, uuid, text, uuid, integer, uuid, text, text)": _RECEIVERS,
    "step_paper(uuid, text, text, text)": _RECEIVERS,
    "hand_over_paper(uuid, uuid, uuid)": _RECEIVERS,
    "note_policy_result(uuid, uuid, text, date, text)": _WRITERS,
    "set_declaration_duty(uuid, uuid, uuid, text, text, date, text)": _WRITERS,
    "receive_declaration(uuid, uuid, boolean, uuid, uuid, text, date)": _RECEIVERS,
    "strike_declaration(uuid, text)": _RECEIVERS,
    "explain_missing_declaration(uuid, uuid, uuid, text, date, text, text)": _WRITERS,
    "note_declaration_reminder(uuid, uuid, uuid, text, date)": groups(
        roles_with(Permission.PRINT_DRAFTS)
    ),
    "receive_monthly_paper(uuid, uuid, boolean, uuid, uuid, text, date)": _RECEIVERS,
    "strike_monthly_paper(uuid, uuid, uuid, uuid, text, date)": _RECEIVERS,
    "explain_missing_monthly_paper(uuid, uuid, uuid, text, date, text, text, text)": _WRITERS,
    "note_monthly_paper_reminder(uuid, uuid, uuid, text, date)": _PRINTERS,
    "hand_over_district(uuid, uuid, uuid, uuid, date, uuid)": _DECIDERS,
    "undo_handover(uuid)": _DECIDERS,
    "take_handover_faults(uuid, uuid[], text[])": _DECIDERS,
    "tick_handover_fault(uuid)": _READERS,
    "confirm_handover(uuid, uuid[], text)": _WRITERS,
    "follow_handovers()": STAFF,
    "link_paper(uuid, uuid, uuid)": _RECEIVERS,
    "strike_paper_link(uuid, text)": _RECEIVERS,
    "draft_for_paper(uuid, uuid, uuid, date)": _RECEIVERS,
    "note_printed_papers(uuid, uuid[], text, text, integer, text)": _RECEIVERS,
    "attach_file(uuid, uuid, text, integer, text, bytea)": _RECEIVERS,
    "receive_application(uuid, uuid, text, integer, text, text, text, text, date)": _RECEIVERS,
    "taken_applications(text, text[])": _RECEIVERS,
    "reserve_issue(uuid, uuid, text, text, uuid[], integer[])": _PRINTERS,
    "store_issue(uuid, text, integer, bytea)": _PRINTERS,
    "void_issue(uuid, text)": groups(roles_with(Permission.PRINT_RECORDS)),
    "note_printed_issues(uuid, uuid[], text, integer, text)": _PRINTERS,
    "save_transfer(uuid, uuid, integer, date, text, text, date, text[], text, text, text)": _WRITERS,
    "move_transfer(uuid, integer, text, text, date)": groups(
        roles_with(Permission.OPEN_CASE_FILES)
    ),
    "confirm_transfer(uuid, integer)": _RECEIVERS,
    "note_printed_transfer(uuid, uuid)": groups(roles_with(Permission.PRINT_DRAFTS)),
    "save_visit_plan(uuid, uuid, uuid, text, date, integer, text, jsonb, uuid[], jsonb)": _WRITERS,
    "visited_half_days(date, date)": _WRITERS,
    "move_visit_plan(uuid, integer, text, text, text)": f"{_WRITERS}, {_DECIDERS}",
    "deviate(uuid, uuid, uuid, uuid, text, integer, text, date, date, text, text, integer, text)": _WRITERS,
    "make_carry_out(uuid, text, timestamptz, text, text[], integer, text, boolean, boolean, uuid[], boolean[], text[], timestamptz)": _WRITERS,
    "move_carry_out(uuid, integer, text, text, integer, boolean)": groups(
        roles_with(Permission.OPEN_CASE_FILES)
    ),
    "leave_with_sheet(uuid, integer, uuid)": _WRITERS,
    "leave_with_pack(uuid, integer, text)": _WRITERS,
    "correct_carry_out(uuid, integer, timestamptz, text)": groups(
        roles_with(Permission.OPEN_CASE_FILES)
    ),
    "pass_carry_out(uuid, uuid, text)": _DECIDERS,
    "save_incident(uuid, uuid, integer, timestamptz, integer, boolean, boolean, date, date, text[])": groups(
        roles_with(Permission.OPEN_CASE_FILES)
    ),
    "ask_inquiry(uuid, uuid, uuid, text, text[], text, text, text, date)": _WRITERS,
    "redraft_inquiry(uuid, integer, text[], text, text, text, date)": _WRITERS,
    "move_inquiry(uuid, integer, text, text)": f"{_WRITERS}, {_DECIDERS}",
    "send_inquiry(uuid, integer, uuid)": groups(roles_with(Permission.PRINT_DRAFTS)),
    "answer_inquiry(uuid, integer, date, uuid, text)": _WRITERS,
    "shown_disclosure(uuid)": _DISCLOSURE_READERS,
    "take_disclosure(uuid, uuid, uuid, text, text, date, date, date)": _DISCLOSERS,
    "mark_disclosure(uuid, uuid, uuid, integer, text, uuid, integer, integer, text, text, text, text)": _DISCLOSERS,
    "lift_disclosure_mark(uuid)": _DISCLOSERS,
    "may_review_disclosure(uuid)": _DISCLOSURE_READERS,
    "move_disclosure(uuid, text, text, text, uuid)": _DISCLOSURE_READERS,
    "note_disclosure_draft(uuid, uuid)": _DISCLOSURE_READERS,
    "begin_import(uuid, text)": _IMPORTERS,
    "forget_words(uuid[])": _IMPORTERS,
    "tick_age()": STAFF,
    "set_hold(uuid, uuid, text, date, date, text)": groups(roles_with(Permission.OPEN_CASE_FILES)),
    "end_hold(uuid)": _DISPOSAL_CHECKERS,
    "draw_up_disposal(uuid, uuid[])": _DISPOSAL_DRAWERS,
    "withdraw_disposal(uuid)": _DISPOSAL_DRAWERS,
    "decide_disposal(uuid, text, text, text)": _DISPOSAL_CHECKERS,
    "carry_out_disposal(uuid, text)": _DISPOSAL_DRAWERS,
    "ask_history(uuid)": _HISTORY,
    "record_history(uuid)": _HISTORY,
    "access_history(uuid)": _HISTORY,
    "ask_audit(date)": _REPORT,
    "ask_household_audit(text)": _REPORT,
    "household_audit(uuid, timestamptz, timestamptz)": _REPORT,
    "audit_counts(timestamptz, timestamptz)": _REPORT,
    "audit_last_seal(timestamptz)": _REPORT,
    "audit_account_changes(timestamptz, timestamptz)": _REPORT,
    "audit_refusals(timestamptz, timestamptz)": _REPORT,
    "audit_shields(timestamptz, timestamptz)": _REPORT,
    "audit_ticks(timestamptz, timestamptz)": _REPORT,
    "audit_readings(timestamptz, timestamptz)": _REPORT,
    "audit_searches(timestamptz, timestamptz)": _REPORT,
    **{f"{judge.name}({judge.types})": _REPORT for judge in judges.CALLED},
    "reading_facts(uuid, timestamptz)": groups(roles_with(Permission.SEE_SUPERVISION)),
    "answer_information(uuid, text)": groups(roles_with(Permission.OPEN_CASE_FILES)),
    "answer_memo(uuid, text, uuid)": groups(roles_with(Permission.OPEN_CASE_FILES)),
    "identify_memo(uuid, uuid, uuid)": groups(roles_with(Permission.OPEN_CASE_FILES)),
    "children_seen(uuid, date, date)": groups(roles_with(Permission.SEE_SUPERVISION)),
    "spoken_to_in_institutions(uuid, date)": groups(roles_with(Permission.SEE_SUPERVISION)),
    "judged_facts(uuid, integer, integer)": groups(roles_with(Permission.SEE_SUPERVISION)),
    "blind_households()": STAFF,
    "blind_pool(uuid, date, uuid)": _DECIDERS,
    "blind_agreement(uuid)": groups(roles_with(Permission.SEE_SUPERVISION)),
    "comes_in_bulk(text)": AUDIT,
    "make_scratch()": _IMPORTERS,
    "measure_scratch()": _IMPORTERS,
    "request_staff_change(uuid, text, jsonb)": _ACCOUNT_MANAGERS,
    "decide_staff_change(uuid, text, text)": _ACCOUNT_DECIDERS,
    "retire_staff(text)": _ACCOUNT_DECIDERS,
    "reset_password(uuid, text, text)": _ACCOUNT_MANAGERS,
    "change_own_password(text)": STAFF,
    "note_sign_in(text, text)": STAFF,
    "password_news()": STAFF,
    "password_length()": STAFF,
    "password_resets_on(date)": f"{_ACCOUNT_DECIDERS}, {groups(roles_with(Permission.SEE_AUDIT))}",
}
