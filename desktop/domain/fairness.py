"""Fairness of decided groups (9.3): what stands beside the mean, with its number; the same facts decided differently; the mix by kinds of people.

Nothing is ranked, no value is good or bad, and none of it ever sets anybody's group: the question is always "criteria or circumstances?".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.dates import age_on
from desktop.domain.group_spans import DecisionFact
from desktop.domain.households import HouseholdType, Sex
from desktop.domain.labels import HOUSEHOLD_TYPE, SEX
from desktop.domain.support_groups import SupportGroup

#: Lower ends of the bands of age.
_BANDS = (0, 20, 30, 40, 50, 60, 65)


class Trait(StrEnum):
    """By what the mix of groups is looked at."""

    SEX = "sex"
    AGE = "age"
    HOUSEHOLD_TYPE = "household_type"


TRAIT: Mapping[Trait, str] = {
    Trait.SEX: "性別",
    Trait.AGE: "年齢",
    Trait.HOUSEHOLD_TYPE: "世帯類型",
}


def age_band(birth: date | None, day: date) -> str:
    """20代, 60～64歳, 65歳以上; 不明 without a day of birth."""
    if birth is None:
        return "年齢不明"
    age = age_on(birth, day)
    low = max(band for band in _BANDS if band <= max(age, 0))
    match low:
        case 0:
            return "20歳未満"
        case 60:
            return "60～64歳"
        case 65:
            return "65歳以上"
        case _:
            return f"{low}代"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A person with a decided group today and what is asked of the decision; `evidence` as in `KpiFacts`.

    `facts_key` is the same for persons whose answers (health, barriers, motivation, self-drive, work) are the same, and says nothing else.
    """

    person_id: UUID
    decision: DecisionFact
    district: str
    sex: Sex | None
    birth_date: date | None
    household_type: HouseholdType | None
    evidence: bool | None = None
    facts_key: Hashable = None

    def trait(self, trait: Trait, today: date) -> str:
        """What the person counts as."""
        match trait:
            case Trait.SEX:
                return SEX[self.sex] if self.sex else "不明"
            case Trait.AGE:
                return age_band(self.birth_date, today)
            case Trait.HOUSEHOLD_TYPE:
                return HOUSEHOLD_TYPE[self.household_type] if self.household_type else "不明"


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessRow:
    """What was decided in a district, or for a kind of people, beside the mean of everything in reach (label 全体)."""

    label: str
    persons: int
    mix: Mapping[str, float]
    unknown_days: float | None
    overridden: float | None
    without_evidence: float | None
    overdue: float | None
    is_whole: bool = False
    few: int = 10

    @property
    def is_few(self) -> bool:
        """Whether it is of so few that it only gives an idea."""
        return self.persons < self.few


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Persons with the same facts and different groups: for a conference to explain or align."""

    number: int
    person_ids: tuple[UUID, ...]
    groups: tuple[SupportGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipRow:
    """One person of a flip, as the list shows it."""

    number: int
    household_id: UUID
    person_id: UUID
    case_number: str
    name: str = field(repr=False)
    district: str
    group: SupportGroup
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Everything of the page; `household_type` and `band` narrow the comparison to the like."""

    label: str = field(repr=False)
    by_district: tuple[FairnessRow, ...]
    by_trait: Mapping[Trait, tuple[FairnessRow, ...]]
    flips: tuple[FlipRow, ...]
    bands: tuple[str, ...]
    on: date


MAINS = ("G0", "G1", "G2", "G3", "G4", "GW", "GX")


def rows_by(
    people: Sequence[Judged], label_of: Callable[[Judged], str], today: date, few: int
) -> tuple[FairnessRow, ...]:
    """A row for all, then one for each label in its order."""
    parts: dict[str, list[Judged]] = {}
    for person in people:
        parts.setdefault(label_of(person), []).append(person)
    whole = _row("全体", people, today, few, is_whole=True)
    return (whole, *(_row(label, parts[label], today, few) for label in sorted(parts)))


def _row(
    label: str, people: Sequence[Judged], today: date, few: int, *, is_whole: bool = False
) -> FairnessRow:
    count = len(people)
    mains = Counter(person.decision.group.main for person in people)
    unknown = [
        (today - p.decision.effective_from).days
        for p in people
        if p.decision.group is SupportGroup.NOT_KNOWN
    ]
    final = [p for p in people if p.decision.is_final]
    return FairnessRow(
        label=label,
        persons=count,
        mix={main: 100 * mains[main] / count if count else 0.0 for main in MAINS},
        unknown_days=sum(unknown) / len(unknown) if unknown else None,
        overridden=_share(p.decision.group is not p.decision.proposed for p in final),
        without_evidence=_share(p.evidence is None for p in people),
        overdue=_share(_due(p.decision) < today for p in people),
        is_whole=is_whole,
        few=few,
    )


def _due(decision: DecisionFact) -> date:
    return min(decision.next_review_on, decision.expires_on or decision.next_review_on)


def _share(found: Iterable[bool]) -> float | None:
    answers = list(found)
    return 100 * sum(answers) / len(answers) if answers else None


def flips_of(people: Iterable[Judged]) -> tuple[Flip, ...]:
    """Sets of persons with the same facts among whom there is more than one decided group; kinds of G1 are different groups."""
    alike: dict[Hashable, list[Judged]] = {}
    for person in people:
        if person.facts_key is not None and person.decision.is_final:
            alike.setdefault(person.facts_key, []).append(person)
    found = [each for each in alike.values() if len({p.decision.group for p in each}) > 1]
    found.sort(key=lambda each: str(min(p.person_id for p in each)))
    return tuple(
        Flip(
            number=number,
            person_ids=tuple(p.person_id for p in each),
            groups=tuple(sorted({p.decision.group for p in each})),
        )
        for number, each in enumerate(found, 1)
    )
