"""Who works in the office and what each role may do (DESIGN section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """A position in the office; one person may hold several."""

    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    ASSISTANT_HEAD = "assistant_head"
    SECTION_HEAD = "section_head"
    DIRECTOR = "director"
    EMPLOYMENT_SUPPORTER = "employment_supporter"
    HEALTH_STAFF = "health_staff"
    INTAKE_INTERVIEWER = "intake_interviewer"
    RECORDS_STAFF = "records_staff"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_LABELS: Mapping[Role, str] = {
    Role.CASEWORKER: "地区担当員",
    Role.SUPERVISOR: "査察指導員",
    Role.ASSISTANT_HEAD: "課長補佐",
    Role.SECTION_HEAD: "課長",
    Role.DIRECTOR: "所長",
    Role.EMPLOYMENT_SUPPORTER: "就労支援員",
    Role.HEALTH_STAFF: "医療担当・保健師",
    Role.INTAKE_INTERVIEWER: "面接相談員",
    Role.RECORDS_STAFF: "記録・庶務職員",
    Role.ADMINISTRATOR: "システム管理者",
    Role.AUDITOR: "監査担当",
}

#: Positions that can stand in an approval route, lowest first (三好市ほかの決裁規程の並び).
APPROVING_POSITIONS = (Role.SUPERVISOR, Role.ASSISTANT_HEAD, Role.SECTION_HEAD, Role.DIRECTOR)


#: Roles whose duty is the whole office rather than districts.
OFFICE_WIDE_ROLES = frozenset(
    {Role.ASSISTANT_HEAD, Role.SECTION_HEAD, Role.DIRECTOR, Role.RECORDS_STAFF}
)


class Permission(StrEnum):
    """One kind of act. Use cases name the one they need; screens only hide what is not held."""

    FIND_HOUSEHOLDS = "find_households"
    OPEN_CASE_FILES = "open_case_files"
    WRITE_RECORDS = "write_records"
    DECIDE_APPROVALS = "decide_approvals"
    SEE_SUPERVISION = "see_supervision"
    ASSIGN_TODOS = "assign_todos"
    PRINT_RECORDS = "print_records"
    PRINT_DRAFTS = "print_drafts"
    IMPORT_LEDGER = "import_ledger"
    SEE_MASTERS = "see_masters"
    EDIT_MASTERS = "edit_masters"
    APPROVE_MASTERS = "approve_masters"
    MANAGE_ACCOUNTS = "manage_accounts"
    APPROVE_ACCOUNTS = "approve_accounts"
    SEE_AUDIT = "see_audit"
    SEE_AUDIT_REPORT = "see_audit_report"
    SEE_DISPOSAL = "see_disposal"
    DRAW_UP_DISPOSAL = "draw_up_disposal"
    CHECK_DISPOSAL = "check_disposal"
    APPROVE_DISPOSAL = "approve_disposal"
    RECEIVE_PAPERS = "receive_papers"
    SEE_DISCLOSURES = "see_disclosures"
    PREPARE_DISCLOSURES = "prepare_disclosures"
    REVIEW_DISCLOSURES = "review_disclosures"
    ASSESS = "assess"
    READ_SENSITIVE = "read_sensitive"
    CALL_CONFERENCES = "call_conferences"
    ORDER_EXAMINATION = "order_examination"
    JUDGE_ABILITY = "judge_ability"
    GUIDE = "guide"
    DECIDE_GUIDANCE = "decide_guidance"


_CASEWORK = frozenset(
    {
        Permission.FIND_HOUSEHOLDS,
        Permission.OPEN_CASE_FILES,
        Permission.WRITE_RECORDS,
        Permission.PRINT_DRAFTS,
        Permission.SEE_MASTERS,
    }
)
#: Those who take papers in at the counter (受領書類): for any household of the office, without opening its file.
_COUNTER = _CASEWORK | {Permission.RECEIVE_PAPERS}
#: Those who assess ability and barriers; whoever does must see the sensitive ones (依存・前科・DV・精神), or would lose them.
_ASSESSING = frozenset({Permission.ASSESS, Permission.READ_SENSITIVE, Permission.CALL_CONFERENCES})
#: Those who write an order to be examined (検診命令); another person approves it.
_ORDERING = frozenset({Permission.ORDER_EXAMINATION})
#: The legal side (法4条の判断、法27条・62条の指導と処分): never those who only help towards work.
_GUIDING = frozenset({Permission.JUDGE_ABILITY, Permission.GUIDE})
_APPROVING = _GUIDING | frozenset(
    {
        Permission.FIND_HOUSEHOLDS,
        Permission.OPEN_CASE_FILES,
        Permission.DECIDE_APPROVALS,
        Permission.SEE_SUPERVISION,
        Permission.ASSIGN_TODOS,
        Permission.SEE_MASTERS,
        Permission.APPROVE_MASTERS,
        Permission.SEE_DISPOSAL,
        Permission.CHECK_DISPOSAL,
        Permission.SEE_DISCLOSURES,
        Permission.READ_SENSITIVE,
        Permission.CALL_CONFERENCES,
    }
)
_HEADING = _APPROVING | {
    Permission.DECIDE_GUIDANCE,
    Permission.APPROVE_ACCOUNTS,
    Permission.APPROVE_DISPOSAL,
    Permission.SEE_AUDIT_REPORT,
}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CASEWORKER: _COUNTER | _ASSESSING | _ORDERING | _GUIDING,
    Role.SUPERVISOR: _COUNTER
    | _ASSESSING
    | _ORDERING
    | _APPROVING
    | {Permission.REVIEW_DISCLOSURES},
    Role.ASSISTANT_HEAD: _APPROVING,
    Role.SECTION_HEAD: _HEADING,
    Role.DIRECTOR: _HEADING,
    Role.EMPLOYMENT_SUPPORTER: _CASEWORK,
    Role.HEALTH_STAFF: _CASEWORK | _ASSESSING,
    Role.INTAKE_INTERVIEWER: _COUNTER,
    Role.RECORDS_STAFF: frozenset(
        {
            Permission.FIND_HOUSEHOLDS,
            Permission.OPEN_CASE_FILES,
            Permission.PRINT_RECORDS,
            Permission.PRINT_DRAFTS,
            Permission.IMPORT_LEDGER,
            Permission.SEE_MASTERS,
            Permission.SEE_DISPOSAL,
            Permission.DRAW_UP_DISPOSAL,
            Permission.RECEIVE_PAPERS,
            Permission.SEE_DISCLOSURES,
            Permission.PREPARE_DISCLOSURES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_MASTERS,
            Permission.EDIT_MASTERS,
            Permission.MANAGE_ACCOUNTS,
            Permission.APPROVE_ACCOUNTS,
        }
    ),
    Role.AUDITOR: frozenset({Permission.SEE_AUDIT, Permission.SEE_AUDIT_REPORT}),
}


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that allow this act, in the order of the list."""
    return tuple(role for role in Role if permission in ROLE_PERMISSIONS[role])


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything these roles together allow."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
