"""Households, persons and the dated facts about them (世帯・個人台帳)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.holds import HoldKind
from desktop.domain.office import Period


class HouseholdState(StrEnum):
    """Where the household's protection stands."""

    APPLYING = "applying"
    RECEIVING = "receiving"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class HouseholdType(StrEnum):
    """The statistics class of a household (世帯類型, 被保護者調査)."""

    ELDERLY = "elderly"
    MOTHER_CHILD = "mother_child"
    DISABLED = "disabled"
    ILL = "ill"
    OTHER = "other"


class ResidenceKind(StrEnum):
    """Where a person lives: the legal floor of visits depends on it (局長通知第12-1)."""

    HOME = "home"
    HOSPITAL = "hospital"
    FACILITY = "facility"


class Relation(StrEnum):
    """A member's relation to the head (続柄)."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    OTHER = "other"


class Sex(StrEnum):
    """As the resident register has it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class SafetyMarkKind(StrEnum):
    """What whoever opens the file must know before anything else."""

    SHIELDED = "shielded"
    VISIT_IN_PAIRS = "visit_in_pairs"
    VIOLENCE = "violence"
    DOG = "dog"
    INFECTION = "infection"
    NO_PHONE = "no_phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFilter:
    """What the list is asked for. Empty tuples mean "all"; words of `text` must all match."""

    text: str = field(default="", repr=False)
    district_ids: tuple[UUID, ...] = ()
    household_types: tuple[HouseholdType, ...] = ()
    states: tuple[HouseholdState, ...] = (
        HouseholdState.RECEIVING,
        HouseholdState.SUSPENDED,
        HouseholdState.APPLYING,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow:
    """One line of the household list.

    A household under 支援措置 outside the reader's own duty has number and district only: `is_shielded`
    is true and names are empty.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    district_code: str
    caseworker: str = field(repr=False)
    household_type: HouseholdType | None
    state: HouseholdState
    member_count: int
    is_shielded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person's dated place in the household (世帯員)."""

    member_id: UUID
    person_id: UUID
    person_number: str
    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: Sex
    relation: Relation
    is_head: bool
    period: Period
    died_on: date | None = field(default=None, repr=False)
    residence: ResidenceKind = ResidenceKind.HOME
    residence_place: str = field(default="", repr=False)
    work: str = field(default="", repr=False)
    other_cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """One dated line of the overview: what, its value as shown, from and to."""

    label: str
    value: str = field(repr=False)
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyMark:
    """A safety mark that holds on the day asked for."""

    kind: SafetyMarkKind
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose file is open: what the identity bar shows."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    state: HouseholdState
    marks: tuple[SafetyMarkKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A hold (保留) that keeps the file from disposal on the day of the file: why, and since when."""

    kind: HoldKind
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A household's file as of one day: identity, members and dated facts."""

    identity: Identity
    as_of: date
    members: tuple[Member, ...]
    former_members: tuple[Member, ...]
    facts: tuple[DatedFact, ...]
    marks: tuple[SafetyMark, ...]
    household_type: HouseholdType | None
    address: str = field(repr=False, default="")
    postal_code: str = field(repr=False, default="")
    started_on: date | None = None
    visit_grade: str = ""
    visit_grade_words: str = ""
    last_met_on: date | None = None
    last_entry_on: date | None = None
    absences_in_series: int = 0
    takeover_note: str = ""
    opened_without_duty: bool = False
    holds: tuple[HeldBack, ...] = ()
