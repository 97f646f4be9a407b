"""Grants, row policies and triggers of one table, made from the matrix of rights.

Every function that a policy calls stands in a sub-select, so it runs once a statement. What a row is compared
with is a short array (files opened, offices, districts). The households of a district are never listed: an
EXISTS on the row's household lets the planner look up the few rows of a file one by one, and hash the district
for a count over many. A policy that calls a function for each row is a defect.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Date, LargeBinary, Table

from desktop.database.security.names import FUNCTION, NEAR, OWNER, STAFF, WIDE, groups
from desktop.domain.right_kinds import Action, Reach, Right
from desktop.domain.rights import MADE_OF_OTHERS, rights_of
from desktop.domain.rights_guards import GUARDS
from desktop.models.base import UtcDateTime, visibility

_COMMANDS = {Action.READ: "SELECT", Action.ADD: "INSERT", Action.CHANGE: "UPDATE"}
#: What stays closed, ticket or not: above all what belongs to an entry that somebody else is still writing.
_CLOSED = {
    "segment": "entry_id <> ALL ((SELECT app.others_drafts())::uuid[])",
    "promise_text": "promise_id <> ALL ((SELECT app.others_promises())::uuid[])",
    "contact_met": "contact_id <> ALL ((SELECT app.others_contacts())::uuid[])",
    **dict.fromkeys(
        ("policy_text", "policy_issue", "policy_evidence", "policy_goal", "policy_action"),
        "policy_id <> ALL ((SELECT app.others_policies())::uuid[])",
    ),
    # Letters of guidance and medical orders: not for everybody who opens the file.
    **dict.fromkeys(
        ("issued_file", "issued_void_text"),
        "issued_id <> ALL ((SELECT app.closed_issues())::uuid[])",
    ),
}
#: Of these not everybody whose duty the household is learns that they are there.
_UNLISTED = {
    "issued_form": "form_code <> ALL ((SELECT app.unlisted_forms())::text[])",
    "conference_matter": "kind <> ALL ((SELECT app.closed_matters())::text[])",
    "printed_file": "form <> ALL ((SELECT app.unlisted_forms())::text[])",
}
_OF_OWN_PAPER = "paper_id IN (SELECT p.id FROM public.paper p WHERE (SELECT app.me()) IN (p.received_by, p.owner_id))"
_OF_OWN_HANDOVER = (
    "handover_id IN (SELECT h.id FROM public.handover h"
    " WHERE ARRAY[h.from_id, h.to_id] && (SELECT app.acting_for())::uuid[])"
)
_NAMES_OF_OWNER = {
    "entry": "state::text IN ('draft', 'returned') AND coalesce(changed_by, author_id) = (SELECT app.me())",
    "todo": "(SELECT app.me()) IN (owner_id, created_by)",
    "todo_text": "household_id IS NULL AND todo_id IN"
    " (SELECT t.id FROM public.todo t WHERE (SELECT app.me()) IN (t.owner_id, t.created_by))",
    "telephone_memo": "taken_by = (SELECT app.me()) OR household_id IS NULL AND office_id = ANY ((SELECT app.my_offices())::uuid[])",
    "telephone_memo_text": "household_id IS NULL AND office_id = ANY ((SELECT app.my_offices())::uuid[])",
    "paper": "(SELECT app.me()) IN (received_by, owner_id)",
    "paper_link": _OF_OWN_PAPER,
    "printed_paper": _OF_OWN_PAPER,
    "attachment": "(SELECT app.me()) = received_by",
    "own_phrase": "staff_id = (SELECT app.me())",
    "saved_search": "staff_id = (SELECT app.me())",
    "print_batch": "printed_by = (SELECT app.me())",
    "visit_plan_step_text": "office_id = ANY ((SELECT app.wide_offices())::uuid[]) OR plan_id IN (SELECT p.id FROM"
    " public.visit_plan p WHERE p.district_id = ANY ((SELECT app.duty_districts())::uuid[]))",
    "incident": "(SELECT app.me()) IN (reported_by, saved_by)",
    **dict.fromkeys(("handover_household", "handover_fault"), _OF_OWN_HANDOVER),
    "blind_check_assignment": "second_id = (SELECT app.me())",
}
_CHANGED_BY_OWNER = {
    "own_phrase": "staff_id = (SELECT app.me())",
    "saved_search": "staff_id = (SELECT app.me())",
    "blind_check_assignment": "second_id = (SELECT app.me())",
    "todo": "owner_id = (SELECT app.me())",
    "todo_text": "todo_id IN (SELECT t.id FROM public.todo t WHERE t.owner_id = (SELECT app.me()))",
}
#: Closed to whoever is asked for second answers (二重確認) about the household, ticket or not, until they are in.
HIDDEN_FROM_SECONDS = (
    *("assessment", "assessment_answers", "assessment_barrier", "sensitive_barrier"),
    *("support_group_decision", "support_group_reason", "conference_minutes", "support_plan"),
    *("participation_mark", "participation_mark_text"),
)
_FIRST_DAY, _END_OF_DAYS = "1800-01-01", "3000-01-01"
#: Guards that several tables share.
_GUARD = {
    "contact_staff": "contact_part",
    "contact_met": "contact_part",
    "entry_version": "entry_part",
    "segment": "entry_part",
    "support_policy_version": "policy_part",
    "policy_text": "policy_part",
    "policy_issue": "policy_part",
    "policy_goal": "policy_part",
    "policy_action": "policy_part",
    "policy_explanation_text": "policy_word",
    "policy_no_review_text": "policy_word",
    **dict.fromkeys(
        ("assessment_answers", "assessment_barrier", "sensitive_barrier"), "assessment_part"
    ),
    **dict.fromkeys(
        (
            *("support_plan_programme", "support_plan_text"),
            *("support_plan_goal", "support_plan_step"),
        ),
        "support_plan_part",
    ),
    **dict.fromkeys(
        ("support_plan_review_text", "support_plan_goal_result"), "support_plan_review_part"
    ),
    **dict.fromkeys(("hospital_plan_text", "hospital_plan_row"), "hospital_plan_part"),
    "visit_grade_text": "visit_grade_word",
    "visit_grade_kept_text": "visit_grade_word",
}


def table_statements(table: Table) -> Iterator[str]:
    """Everything that holds for one table, to be run after its old policies, grants and triggers are gone."""
    name = f'public."{table.name}"'
    yield f"ALTER TABLE {name} OWNER TO {OWNER}"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {FUNCTION}"
    yield f"CREATE POLICY p_function ON {name} TO {FUNCTION} USING (true) WITH CHECK (true)"
    for number, right in enumerate(rights_of(table.name, visibility(table))):
        yield from _right(table, name, number, right)
    if table.name in HIDDEN_FROM_SECONDS:
        yield (
            f"CREATE POLICY p_blind ON {name} AS RESTRICTIVE FOR SELECT TO {STAFF}"
            " USING (household_id <> ALL ((SELECT app.blind_households())::uuid[]))"
        )
    yield from _triggers(table, name)


def _right(table: Table, name: str, number: int, right: Right) -> Iterator[str]:
    command = _COMMANDS[right.action]
    columns = ", ".join(f'"{c}"' for c in _columns(table, right))
    holders = STAFF if right.permission is None else groups(right.roles)
    yield f"GRANT {command} ({columns}) ON {name} TO {holders}"
    for part, (to, condition) in enumerate(_conditions(table, right)):
        using = f" USING ({condition})" if right.action is not Action.ADD else ""
        check = f" WITH CHECK ({condition})" if right.action is not Action.READ else ""
        policy = f"p_{right.action.value}_{number}_{part}"
        yield f"CREATE POLICY {policy} ON {name} FOR {command} TO {to}{using}{check}"


def _columns(table: Table, right: Right) -> tuple[str, ...]:
    """Column by column, never the whole table: so nobody may LOCK it."""
    if right.columns:
        return right.columns
    fixed = {"id", "office_id"} if right.action is Action.CHANGE else set[str]()
    return tuple(column.name for column in table.columns if column.name not in fixed)


def _conditions(table: Table, right: Right) -> Iterator[tuple[str, str]]:
    """Who the policy is for, and its condition."""
    holders = STAFF if right.permission is None else groups(right.roles)
    match right.reach:
        case Reach.OFFICE:
            yield holders, _office(table, right)
        case Reach.DUTY:
            yield from _duty(table, right)
        case Reach.TICKET:
            yield holders, _ticket(table)
        case Reach.OWN:
            own = _NAMES_OF_OWNER if right.action is not Action.CHANGE else _CHANGED_BY_OWNER
            yield holders, own[table.name]
        case Reach.IMPORT:
            yield holders, "office_id = ANY ((SELECT app.importing_offices())::uuid[])"


def _office(table: Table, right: Right) -> str:
    if "office_id" not in table.columns and table.name != "office":
        return "true"  # what the database is
    column = "id" if table.name == "office" else "office_id"
    offices = (
        "app.my_offices()"
        if right.permission is None
        else f"app.offices_with('{right.permission.value}')"
    )
    return f"{column} = ANY ((SELECT {offices})::uuid[])"


def _duty(table: Table, right: Right) -> Iterator[tuple[str, str]]:
    """Each kind of duty that holds the right; a policy for nobody is none."""
    if "household_id" in table.columns:
        near = (
            "household_id = ANY ((SELECT app.near_households())::uuid[]) OR EXISTS (SELECT FROM public.household h"
            f" WHERE h.id = {table.name}.household_id"
            " AND h.district_id = ANY ((SELECT app.duty_districts())::uuid[]))"
        )
    else:
        column = "id" if table.name == "person" else "person_id"
        near = f"EXISTS (SELECT FROM public.member m WHERE m.person_id = {table.name}.{column})"
    wide = "office_id = ANY ((SELECT app.wide_offices())::uuid[])"
    if table.name in _UNLISTED:
        near, wide = (f"({each}) AND {_UNLISTED[table.name]}" for each in (near, wide))
    for roles, condition in ((NEAR, near), (WIDE, wide)):
        holders = tuple(role for role in roles if role in right.roles)
        if holders:
            yield groups(holders), condition


def _ticket(table: Table) -> str:
    opened = "household_id = ANY ((SELECT app.opened())::uuid[])"
    return " AND ".join((opened, *filter(None, (_CLOSED.get(table.name),))))


def _triggers(table: Table, name: str) -> Iterator[str]:
    yield from _days(table, name)
    if table.name in GUARDS:
        guard = _GUARD.get(table.name, table.name)
        yield (
            f"CREATE TRIGGER a_guard BEFORE INSERT OR UPDATE ON {name} FOR EACH ROW"
            f" WHEN (current_user <> '{FUNCTION}') EXECUTE FUNCTION app.guard_{guard}()"
        )
    pointing = ", ".join(f"'{word}'" for word in _pointers(table))
    if pointing and rights_of(table.name, visibility(table)):
        for event in ("INSERT", "UPDATE"):
            yield (
                f"CREATE TRIGGER b_same_office_{event.lower()} AFTER {event} ON {name}"
                " REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT"
                f" WHEN (current_user <> '{FUNCTION}') EXECUTE FUNCTION app.same_office({pointing})"
            )
    if table.name in MADE_OF_OTHERS:
        return
    keys = ", ".join(f"'{column.name}'" for column in table.primary_key.columns)
    has_bytes = any(isinstance(column.type, LargeBinary) for column in table.columns)
    told = "told_of_bytes" if has_bytes else "told"
    for event, tables in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "NEW TABLE AS new_rows OLD TABLE AS old_rows"),
        ("DELETE", "OLD TABLE AS old_rows"),
    ):
        yield (
            f"CREATE TRIGGER z_audit_{event.lower()} AFTER {event} ON {name} REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION audit.{told}({keys})"
        )


def _days(table: Table, name: str) -> Iterator[str]:
    """Every column that holds a day or a time holds one that the program can read, whoever writes it."""
    for column in table.columns:
        if isinstance(column.type, (Date, UtcDateTime)):
            yield (
                f'CREATE TRIGGER "c_day_{column.name}" BEFORE INSERT OR UPDATE ON {name} FOR EACH ROW'
                f" WHEN (NEW.\"{column.name}\" < '{_FIRST_DAY}' OR NEW.\"{column.name}\" >= '{_END_OF_DAYS}')"
                f" EXECUTE FUNCTION app.refuse_day('{column.name}')"
            )


def _pointers(table: Table) -> Iterator[str]:
    """Column, table it points at, and "household" where both rows must belong to one household."""
    if "office_id" not in table.columns:
        return
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column.table
            if "office_id" not in target.columns or key.column.name != "id":
                continue
            elsewhere = column.name in {"relates_to", "moved_to"}
            both = "household_id" in table.columns and "household_id" in target.columns
            yield from (column.name, target.name, "household" if both and not elsewhere else "")
