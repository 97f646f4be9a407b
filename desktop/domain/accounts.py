"""Accounts of staff: what is asked for, who may decide it, and what a person and the heads are told.

Adding a person, roles and districts take effect by a second person; retiring does not. The rules are the
database's (`database/security/sql/7*.sql`); what stands here is for forms, files and sentences.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.office import AssignmentKind
from desktop.domain.roles import ROLE_LABELS, Role

#: A login: what PostgreSQL takes without quotes, with - and . added. Names of our own groups are none.
LOGIN = re.compile(r"(?!banso|pg_|postgres$|public$|none$|root$)[a-z][a-z0-9._-]{1,31}")
LOGIN_SENTENCE = (
    "利用者名は英小文字で始め、英小文字・数字・「.」「_」「-」で2〜32字にしてください"
    "（banso と pg_ で始まる名前は使えません）。"
)
NAME_LENGTH = 60
#: Letters that nobody mistakes for another when the paper is read aloud.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


class ChangeKind(StrEnum):
    """What a request is about."""

    ADD = "add"
    ROLE = "role"
    ROLE_END = "role_end"
    ASSIGN = "assign"
    ASSIGN_END = "assign_end"
    ABSENCE = "absence"


class ChangeDecision(StrEnum):
    """What became of a request."""

    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_LABELS: Mapping[ChangeKind, str] = {
    ChangeKind.ADD: "職員の登録",
    ChangeKind.ROLE: "職務の付与",
    ChangeKind.ROLE_END: "職務の終了",
    ChangeKind.ASSIGN: "担当の付与",
    ChangeKind.ASSIGN_END: "担当の終了",
    ChangeKind.ABSENCE: "不在と代理",
}
ASSIGNMENT_LABELS: Mapping[AssignmentKind, str] = {
    AssignmentKind.MAIN: "主担当",
    AssignmentKind.DEPUTY: "副担当",
    AssignmentKind.SUPERVISOR: "査察指導",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """A role from a day to a day, both inclusive."""

    role: Role
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictSpan:
    """A district from a day to a day, both inclusive."""

    district: str
    kind: AssignmentKind
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be added, with first roles and districts (職員の登録)."""

    login: str
    name: str = field(repr=False)
    kana: str = field(repr=False)
    active_from: date
    roles: tuple[RoleSpan, ...]
    districts: tuple[DistrictSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceSpan:
    """A longer absence and who stands in (login)."""

    substitute: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A member of staff with everything held today or later."""

    staff_id: UUID
    login: str
    name: str = field(repr=False)
    kana: str = field(repr=False)
    active_from: date
    active_to: date | None
    roles: tuple[RoleSpan, ...]
    districts: tuple[DistrictSpan, ...]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A request as it waits for the second person. `concerns` is the login of the person concerned."""

    change_id: UUID
    kind: ChangeKind
    concerns: str
    person: str = field(repr=False)
    what: str = field(repr=False)
    requested_by_id: UUID | None
    requested_by: str = field(repr=False)
    requested_at: datetime
    concerned_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryPassword:
    """A password given anew: shown once, valid for a short time."""

    login: str
    password: str = field(repr=False)
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordNotice:
    """That somebody gave a person a new password: told to that person and to the heads."""

    staff_id: UUID
    person: str = field(repr=False)
    by: str = field(repr=False)
    at: datetime
    valid_until: datetime
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRule:
    """What an own password must be, and until when the present one holds (None: without an end).

    `refusal` says why it cannot be changed here, "" where it can.
    """

    least: int = 0
    valid_until: datetime | None = None
    refusal: str = ""


def made_password() -> str:
    """A password from the system's source of chance, in groups that can be read aloud (79 bits)."""
    letters = [
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
    ]
    return "-".join(letters)


def role_of(text: str) -> Role | None:
    """The role of a code or of a label; None for an unknown one."""
    wanted = text.strip()
    return next((role for role in Role if wanted in {role.value, ROLE_LABELS[role]}), None)


def span_label(valid_from: date, valid_to: date | None) -> str:
    """A span of days in short: 2024-10-01〜."""
    return f"{valid_from.isoformat()}〜{valid_to.isoformat() if valid_to else ''}"
