"""What goes onto the papers of guidance (S-28, K-15, K-16, K-17, S-32, and the conference's sheet). None names a support group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.guidance import Outcome, Step
from desktop.domain.guidance_forms import InstructionItem
from desktop.domain.imprint import Imprint


class GuidancePaper(StrEnum):
    """Which paper."""

    ORAL = "oral"
    LETTER = "letter"
    NOTICE = "notice"
    HEARING = "hearing"
    SANCTION = "sanction"
    MATTER = "matter"


class Sanction(StrEnum):
    """What a disposition under 法62条 can be: the outcomes of its step."""

    CHANGE = Outcome.CHANGE.value
    SUSPEND = Outcome.SUSPEND.value
    ABOLISH = Outcome.ABOLISH.value


#: The step whose newest record a paper prints; the conference's sheet prints the whole case.
PAPER_OF: dict[GuidancePaper, Step] = {
    GuidancePaper.ORAL: Step.ORAL,
    GuidancePaper.LETTER: Step.LETTER,
    GuidancePaper.NOTICE: Step.NOTICE,
    GuidancePaper.HEARING: Step.HEARING,
    GuidancePaper.SANCTION: Step.DISPOSITION,
    GuidancePaper.MATTER: Step.PROBLEM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidancePaperAsked:
    """Which case's paper is printed."""

    household_id: UUID
    case_id: UUID
    paper: GuidancePaper


@dataclass(frozen=True, slots=True, kw_only=True)
class OralSheet:
    """口頭指導記録 (S-28): what was said to whom, where, and what the person answered."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    subject: str
    happened_on: date
    place: str = field(repr=False)
    content: str = field(repr=False)
    answer: str = field(repr=False)
    help: str = field(repr=False)
    check_on: date | None
    noted_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionLetter:
    """指導指示書 (K-15): the whole of the instruction; what does not stand on it is no part of it."""

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    items: tuple[InstructionItem, ...]
    reason: str = field(repr=False)
    articles: str
    help: str = field(repr=False)
    contact: str

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingNotice:
    """弁明通知書 (K-16): the intended disposition with its reason, day, time and place of the hearing."""

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    intended: str
    reason: str = field(repr=False)
    items: tuple[str, ...] = field(repr=False)
    hearing_on: date
    time: str
    place: str
    contact: str

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionNotice:
    """保護変更・停止・廃止決定通知書 (S-32): what was decided from which day, why, by which article, how the person was heard.

    `items` are the letter's own, word by word; `heard` says when and how the person was heard before.
    """

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    decision: Sanction
    decided_on: date | None
    begins_on: date | None
    reason: str = field(repr=False)
    items: tuple[str, ...] = field(repr=False)
    instructed_on: date | None
    heard: str
    contact: str

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingSheet:
    """弁明聴取書 (K-17): who heard, what was said, read back and signed; or how nobody came."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    happened_on: date
    place: str
    outcome: str
    present: str = field(repr=False)
    said: str = field(repr=False)
    papers: str = field(repr=False)
    read_back: str = field(repr=False)
    heard_by: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """One line of the course of a case."""

    on: date
    step: str
    outcome: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceMatterSheet:
    """ケース診断会議 付議票・会議録（指導・処分）: what is asked, the course so far, room for what is said and decided."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    subject: str
    asked: str
    course: tuple[CourseLine, ...] = field(repr=False)
    impact: tuple[str, ...] = field(repr=False)
