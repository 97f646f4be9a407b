"""Case conferences (ケース診断会議・稼働能力判定会議・就労支援検討会): who met, about which persons, what was said and decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ConferenceKind(StrEnum):
    """Which meeting it is."""

    CASE = "case"
    WORK_ABILITY = "work_ability"
    EMPLOYMENT = "employment"


class MatterKind(StrEnum):
    """What a person's case is brought before a conference for."""

    SUPPORT_GROUP = "support_group"
    WORK_FINDING = "work_finding"
    WRITTEN_INSTRUCTION = "written_instruction"
    HEARING = "hearing"
    DISPOSITION = "disposition"
    OTHER = "other"


CONFERENCE_KIND: Mapping[ConferenceKind, str] = {
    ConferenceKind.CASE: "ケース診断会議",
    ConferenceKind.WORK_ABILITY: "稼働能力判定会議",
    ConferenceKind.EMPLOYMENT: "就労支援検討会",
}
MATTER_KIND: Mapping[MatterKind, str] = {
    MatterKind.SUPPORT_GROUP: "支援区分",
    MatterKind.WORK_FINDING: "稼働能力の活用（法4条）",
    MatterKind.WRITTEN_INSTRUCTION: "文書による指導指示",
    MatterKind.HEARING: "弁明の機会",
    MatterKind.DISPOSITION: "変更・停止・廃止",
    MatterKind.OTHER: "その他",
}
#: Matters of the legal side: whoever only helps towards work does not learn of them (`app.closed_matters`).
LEGAL_MATTERS = (
    *(MatterKind.WORK_FINDING, MatterKind.WRITTEN_INSTRUCTION),
    *(MatterKind.HEARING, MatterKind.DISPOSITION),
)
#: A meeting of one is none.
FEWEST_MEMBERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceMember:
    """Somebody who took part: a member of staff, or from outside by name. `role` as the minutes word it."""

    staff_id: UUID | None
    name: str = field(repr=False)
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceInput:
    """A conference that is called for a day."""

    conference_id: UUID
    kind: ConferenceKind
    planned_on: date
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterInput:
    """A person's case for the agenda."""

    matter_id: UUID
    conference_id: UUID
    kind: MatterKind
    household_id: UUID
    person_id: UUID
    assessment_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRow:
    """A conference in the list: its day, how many matters stand on the agenda and how many are decided."""

    conference_id: UUID
    kind: ConferenceKind
    planned_on: date
    place: str
    held_on: date | None
    closed_at: datetime | None
    matters: int = 0
    decided: int = 0
    members: tuple[ConferenceMember, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesInput:
    """What was said about one matter: papers read, the discussion, the person's view, who disagreed and why."""

    matter_id: UUID
    household_id: UUID
    discussion: str = field(repr=False)
    papers: str = field(default="", repr=False)
    persons_view: str = field(default="", repr=False)
    dissent: str = field(default="", repr=False)
