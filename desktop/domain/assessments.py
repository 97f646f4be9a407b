"""What is known of a person's ability to work and what stands in the way (稼働能力・就労支援アセスメント).

Not the legal finding of 法4条, which is a record of its own: an assessment only leads to a proposal of what help somebody gets
(employment-support 0.5, 1.8). Labels, anchors, items and thresholds are dated office data; the codes here are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.dates import age_on, months_later


class AssessmentKind(StrEnum):
    """Why an assessment was made."""

    START = "start"
    PERIODIC = "periodic"
    OCCASIONAL = "occasional"
    WISHED = "wished"


class Scope(StrEnum):
    """Whether somebody is assessed at all; who asks for it always is."""

    IN = "in"
    OUT = "out"


class Work(StrEnum):
    """Work at present."""

    NONE = "W0"
    MORE_POSSIBLE = "W1"
    FULL = "W2"


class Health(StrEnum):
    """What the medical evidence says; never derived from a diagnosis."""

    ABLE = "A1"
    LIMITED = "A2"
    RECOVERING = "A3"
    UNLIKELY = "A4"
    UNKNOWN = "A9"


class HealthSource(StrEnum):
    """Whose word on health it is."""

    TREATING = "treating"
    CONTRACTED = "contracted"
    EXAMINED = "examined"
    PERSON = "person"


class Barriers(StrEnum):
    """All barriers (就労阻害要因) taken together: the worst of them."""

    NONE = "C0"
    MINOR = "C1"
    PASSING = "C2"
    LASTING = "C3"
    UNKNOWN = "C9"


class Motivation(StrEnum):
    """Motivation by what somebody did or said, with a dated line of evidence; never an impression."""

    ACTS = "B1"
    WISHES = "B2"
    WAVERS = "B3"
    NOT_NOW = "B4"
    NOT_ASKED = "B9"


class SelfDrive(StrEnum):
    """Whether somebody can search for work alone (自走)."""

    ALONE = "E1"
    WITH_HELP = "E2"
    UNKNOWN = "E9"


class Said(StrEnum):
    """An answer to one item of a check list."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Comment(StrEnum):
    """What the person says of the assessment that was shown."""

    AGREED = "agreed"
    PARTLY = "partly"
    DISAGREED = "disagreed"
    NOT_SHOWN = "not_shown"


ASSESSMENT_KIND: Mapping[AssessmentKind, str] = {
    AssessmentKind.START: "開始時",
    AssessmentKind.PERIODIC: "定期",
    AssessmentKind.OCCASIONAL: "随時",
    AssessmentKind.WISHED: "本人申出",
}
SCOPE: Mapping[Scope, str] = {Scope.IN: "評価する", Scope.OUT: "対象外（年齢・在学・施設など）"}
HEALTH_SOURCE: Mapping[HealthSource, str] = {
    HealthSource.TREATING: "主治医",
    HealthSource.CONTRACTED: "嘱託医",
    HealthSource.EXAMINED: "検診",
    HealthSource.PERSON: "本人の申述のみ",
}
SAID: Mapping[Said, str] = {Said.YES: "はい", Said.NO: "いいえ", Said.UNKNOWN: "不明"}
COMMENT: Mapping[Comment, str] = {
    Comment.AGREED: "同意",
    Comment.PARTLY: "一部同意",
    Comment.DISAGREED: "同意しない",
    Comment.NOT_SHOWN: "まだ示していない",
}
#: Comments that dispute the assessment: a conference hears of it (異議).
DISPUTES = frozenset({Comment.PARTLY, Comment.DISAGREED})
#: The barriers from the mildest to what decides; unknown stands behind lasting alone (rules R04, R05).
_WORST_FIRST = (
    Barriers.LASTING,
    Barriers.UNKNOWN,
    Barriers.PASSING,
    Barriers.MINOR,
    Barriers.NONE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierKind:
    """One row of the office's list of barriers; a sensitive one has a read right of its own and does not print by itself."""

    code: str
    label: str
    partner: str = ""
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """One barrier of a person; `expected_on` is the month (its first day) by which it should be gone."""

    code: str
    state: Barriers
    as_of: date
    expected_on: date | None = None
    evidence: str = field(default="", repr=False)
    action: str = field(default="", repr=False)
    partner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveItem:
    """One item of the self-drive check list: what to ask, whether it must be yes, and the help that a no names."""

    code: str
    label: str
    is_essential: bool
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The six answers that already make a proposal (employment-support 1.9)."""

    scope: Scope = Scope.IN
    asks_anyway: bool = False
    work: Work = Work.NONE
    health: Health = Health.UNKNOWN
    barriers: Barriers = Barriers.UNKNOWN
    motivation: Motivation = Motivation.NOT_ASKED
    drive: SelfDrive = SelfDrive.UNKNOWN

    @property
    def is_assessed(self) -> bool:
        """Whether somebody is assessed: in scope, or out of it and asking."""
        return self.scope is Scope.IN or self.asks_anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentNumbers:
    """The office's thresholds. Months but where said.

    `horizon` is what 近い将来 means here, `drive_others` how many optional items of the check list must be yes,
    `evidence_age` and `evidence_age_unlikely` how old medical evidence may be (of A4: the latter), `provisional_days`
    how long a provisional group holds.
    """

    age_from: int
    age_to: int
    horizon: int
    drive_others: int
    evidence_age: int
    evidence_age_unlikely: int
    provisional_days: int


def worst_of(states: Iterable[Barriers]) -> Barriers:
    """All barriers taken together. Nobody asked is unknown, not none: `C9`."""
    found = set(states)
    return next((state for state in _WORST_FIRST if state in found), Barriers.UNKNOWN)


def drive_of(items: Collection[DriveItem], said: Mapping[str, Said], others: int) -> SelfDrive:
    """What the check list comes to: every essential item and so many others yes, or an essential no, or unknown."""
    essential = [said.get(item.code, Said.UNKNOWN) for item in items if item.is_essential]
    if Said.NO in essential:
        return SelfDrive.WITH_HELP
    count = sum(said.get(i.code) is Said.YES for i in items if not i.is_essential)
    all_yes = bool(essential) and all(answer is Said.YES for answer in essential)
    return SelfDrive.ALONE if all_yes and count >= others else SelfDrive.UNKNOWN


def help_named(items: Collection[DriveItem], said: Mapping[str, Said]) -> tuple[str, ...]:
    """What the items that are not yes name as help, in the order of the list."""
    return tuple(
        item.help or item.label
        for item in items
        if said.get(item.code, Said.UNKNOWN) is not Said.YES
    )


def usual_scope(birth_date: date | None, day: date, numbers: AssessmentNumbers) -> Scope:
    """The scope by age alone, as the form begins; who has no known birth date is in it."""
    if birth_date is None:
        return Scope.IN
    is_within = numbers.age_from <= age_on(birth_date, day) <= numbers.age_to
    return Scope.IN if is_within else Scope.OUT


def evidence_is_old(
    health: Health, seen_on: date | None, today: date, numbers: AssessmentNumbers
) -> bool:
    """Whether the newest medical evidence is missing or older than the office allows."""
    if health is Health.UNKNOWN:
        return False
    months = numbers.evidence_age_unlikely if health is Health.UNLIKELY else numbers.evidence_age
    return seen_on is None or months_later(seen_on, months) < today
