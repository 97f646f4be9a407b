"""Names of the database roles. They belong to the whole server, so one server has one set of them."""

from __future__ import annotations

from desktop.domain.roles import OFFICE_WIDE_ROLES, Permission, Role, roles_with

#: Owns the tables; nobody logs in as it.
OWNER = "banso_owner"
#: Owns the definer functions of schema `app`.
FUNCTION = "banso_function"
#: Owns the audit trail.
AUDIT = "banso_audit"
#: Owns the functions that make and end people's logins: CREATEROLE, and no right on any table.
ACCOUNTS = "banso_accounts"
#: Everybody of the office who may log in.
STAFF = "banso_staff"

WITHOUT_LOGIN = (OWNER, FUNCTION, AUDIT, ACCOUNTS, STAFF)


def group(role: Role) -> str:
    """The group role whose members hold this role (the dated row in `staff_role` must agree)."""
    return f"banso_{role.value}"


def groups(roles: tuple[Role, ...]) -> str:
    """Group roles as a list for TO."""
    return ", ".join(group(role) for role in roles)


#: Roles that read facts of the whole office, and those that read what they reach.
WIDE = tuple(role for role in roles_with(Permission.OPEN_CASE_FILES) if role in OFFICE_WIDE_ROLES)
NEAR = tuple(
    role for role in roles_with(Permission.OPEN_CASE_FILES) if role not in OFFICE_WIDE_ROLES
)
