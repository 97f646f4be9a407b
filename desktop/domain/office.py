"""The office, its people and who looks after what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.roles import (
    APPROVING_POSITIONS,
    OFFICE_WIDE_ROLES,
    ROLE_LABELS,
    Permission,
    Role,
    permissions_of,
)


class DatabaseKind(StrEnum):
    """What a database may hold. A training office can never become a real one."""

    TRAINING = "training"
    OFFICE = "office"


class AssignmentKind(StrEnum):
    """How a member of staff belongs to a district (担当)."""

    MAIN = "main"
    DEPUTY = "deputy"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInStaff:
    """The person at this desk: identity, roles and districts of the day of sign-in.

    `district_ids` are those the person looks after (main or deputy), `supervised_district_ids` those of
    the caseworkers the person supervises, both with those of absent colleagues whom the person stands in for.
    `team_district_ids` are the others under the same supervisors, `care_household_ids` the households of
    persons individually in the person's care. The database's side is in `security/sql/10_identity.sql`.
    """

    staff_id: UUID
    office_id: UUID
    office_name: str
    name: str = field(repr=False)
    login: str
    roles: frozenset[Role]
    district_ids: frozenset[UUID] = frozenset()
    supervised_district_ids: frozenset[UUID] = frozenset()
    team_district_ids: frozenset[UUID] = frozenset()
    care_household_ids: frozenset[UUID] = frozenset()
    is_training: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether one of the person's roles allows this act."""
        return permission in permissions_of(self.roles)

    @property
    def own_district_ids(self) -> frozenset[UUID]:
        """Districts the person looks after or supervises."""
        return self.district_ids | self.supervised_district_ids

    @property
    def duty_district_ids(self) -> frozenset[UUID]:
        """Districts whose files the person opens without giving a reason: own and team."""
        if not self.may(Permission.OPEN_CASE_FILES):
            return frozenset()
        return self.own_district_ids | self.team_district_ids

    def has_duty_for(self, household_id: UUID, district_id: UUID) -> bool:
        """Whether the person opens this file without giving a reason."""
        return (
            self.is_office_wide
            or district_id in self.duty_district_ids
            or household_id in self.care_household_ids
        )

    @property
    def is_office_wide(self) -> bool:
        """Whether the person's duty is the whole office rather than districts."""
        return bool(self.roles & OFFICE_WIDE_ROLES)

    def positions_in(self, district_id: UUID) -> frozenset[Role]:
        """The approving positions the person holds for a household of this district.

        A supervisor approves only for the districts he supervises; heads and the director for the office.
        """
        held = self.roles & frozenset(APPROVING_POSITIONS)
        supervises = district_id in self.supervised_district_ids
        return held if supervises else self.positions_everywhere

    @property
    def positions_everywhere(self) -> frozenset[Role]:
        """The approving positions the person holds for every household of the office."""
        return self.roles & frozenset(APPROVING_POSITIONS) - {Role.SUPERVISOR}

    @property
    def role_label(self) -> str:
        """The roles as the office says them, joined by ・."""
        return "・".join(label for role, label in ROLE_LABELS.items() if role in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of the training office, as the sign-in screen shows it."""

    login: str
    name: str = field(repr=False)
    role_label: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """A district (地区) with the caseworker who holds it today; `caseworker` is empty while the post is vacant."""

    district_id: UUID
    code: str
    name: str
    caseworker: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A member of staff (職員) as pickers show them."""

    staff_id: UUID
    name: str = field(repr=False)
    role_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days, both inclusive; `valid_to` None means it still runs."""

    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
