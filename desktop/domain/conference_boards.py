"""The board of one conference: its matters as facts, and one matter at a time with all that is read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.assessment_forms import AssessedPerson, Assessment, AssessmentTables
from desktop.domain.conferences import MATTER_KIND, MatterKind
from desktop.domain.dates import months_later
from desktop.domain.support_groups import SupportGroup

#: How an agenda words what an order to be examined that was not obeyed put on it.
OF_ORDER = "検診命令に従わなかったこと（提案）"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in the list of a board, without a word of its content.

    `is_of_order`: an order to be examined (検診命令) that was not obeyed put it there as a proposal.
    """

    matter_id: UUID
    conference_id: UUID
    kind: MatterKind
    household_id: UUID
    case_number: str
    person_id: UUID
    name: str = field(repr=False)
    assessment_id: UUID | None = None
    proposed: SupportGroup | None = None
    decided: SupportGroup | None = None
    is_of_order: bool = False

    @property
    def label(self) -> str:
        """What it is about, as the agenda words it."""
        return OF_ORDER if self.is_of_order else MATTER_KIND[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a matter, with who wrote them when. They are written once."""

    papers: str = field(repr=False)
    discussion: str = field(repr=False)
    persons_view: str = field(repr=False)
    dissent: str = field(repr=False)
    written_by: str = field(repr=False)
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPaper:
    """One matter opened: the person beside assessment and standing group, the minutes, and what may be done with it.

    `assessment` is the one on the agenda; a newer one (`is_outdated`) has to come onto an agenda itself.
    """

    row: MatterRow
    person: AssessedPerson = field(repr=False)
    assessment: Assessment | None = field(repr=False)
    tables: AssessmentTables
    minutes: Minutes | None
    may_decide: bool

    @property
    def is_outdated(self) -> bool:
        """Whether the person was assessed again since."""
        newest = self.person.newest
        asked = self.row.assessment_id
        return asked is not None and newest is not None and newest.given.assessment_id != asked


def review_day(tables: AssessmentTables, group: SupportGroup, today: date) -> date:
    """When somebody of a group is looked at again: after as many months as the office has for it."""
    return months_later(today, tables.groups[group].review_months)
