"""Taking part in a programme (事業参加): in which, with consent since when, from when to when, and how it ended.

With consent only where the programme asks for it. That somebody does not take part, or takes consent back, changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.participation_consents import TAKING_PART, PartConsent
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import ConsentMove, ConsentWay, SelfReliance


class CountsFor(StrEnum):
    """What an outcome is counted as."""

    JOB = "job"
    RAISE = "raise"
    WELFARE_JOB = "welfare_job"
    STEP = "step"
    EXIT = "exit"
    LIFE = "life"
    NOTHING = "nothing"
    BROKEN_OFF = "broken_off"
    ABILITY_LOST = "ability_lost"


COUNTS_FOR: Mapping[CountsFor, str] = {
    CountsFor.JOB: "就労開始",
    CountsFor.RAISE: "増収",
    CountsFor.WELFARE_JOB: "福祉的就労",
    CountsFor.STEP: "訓練・資格",
    CountsFor.EXIT: "保護の廃止・停止",
    CountsFor.LIFE: "状態像の改善",
    CountsFor.NOTHING: "数えない",
    CountsFor.BROKEN_OFF: "中断",
    CountsFor.ABILITY_LOST: "稼働能力の喪失",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One programme (支援事業) of the office's list. `counts` says whether taking part counts for the rate of participation."""

    code: str
    label: str
    basis: str = ""
    reliance: SelfReliance = SelfReliance.ECONOMIC
    counts: bool = False
    carrier: str = ""
    needs_consent: bool = True
    note: str = ""
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a plan or a participation ended (6.3), by the office's label."""

    code: str
    label: str
    counts_for: CountsFor


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationInput:
    """Somebody begins to take part."""

    participation_id: UUID
    household_id: UUID
    person_id: UUID
    programme: str
    starts_on: date
    consent_on: date | None = None
    consent_way: ConsentWay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationEnd:
    """Taking part ends, with its outcome."""

    participation_id: UUID
    household_id: UUID
    ended_on: date
    outcome: str


#: Most characters of the reason of a mark.
MARK_WORDS = 2_000
#: Groups whose people count for the rate of participation with a mark alone (7.2).
MARKED_GROUPS = frozenset({SupportGroup.RECOVERY, SupportGroup.REMOVING_BARRIERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkInput:
    """That somebody can take part since a day (参加できる人の印), or no longer can, with the reason."""

    mark_id: UUID
    household_id: UUID
    person_id: UUID
    can_join: bool
    since: date
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """One mark as the file shows it; each holds until the next."""

    can_join: bool
    since: date
    reason: str = field(repr=False)
    noted_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRow:
    """One participation as screens and the register show it. `consents` are what was said since it began, the newest first."""

    participation_id: UUID
    household_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    programme: str
    programme_label: str
    starts_on: date
    consent_on: date | None = None
    consent_way: ConsentWay | None = None
    ended_on: date | None = None
    outcome: str = ""
    outcome_label: str = ""
    case_number: str = field(default="", repr=False)
    caseworker: str = field(default="", repr=False)
    noted_by: str = field(default="", repr=False)
    consents: tuple[PartConsent, ...] = ()

    @property
    def consent(self) -> PartConsent | None:
        """What the person says to taking part now: the newest answer, else the consent with which it began."""
        return self.standing(TAKING_PART)

    @property
    def sharing(self) -> tuple[PartConsent, ...]:
        """What the person says now to each partner being told, the newest answer first."""
        partners = dict.fromkeys(each.partner for each in self.consents)
        found = (self.standing(code) for code in partners if code != TAKING_PART)
        return tuple(each for each in found if each is not None)

    def standing(self, partner: str) -> PartConsent | None:
        """The answer that counts in one matter; None where nobody noted one."""
        for each in self.consents:
            if each.partner == partner:
                return each
        if partner != TAKING_PART or self.consent_on is None or self.consent_way is None:
            return None
        return PartConsent(
            move=ConsentMove.GIVEN,
            said_on=self.consent_on,
            way=self.consent_way,
            noted_by=self.noted_by,
        )
