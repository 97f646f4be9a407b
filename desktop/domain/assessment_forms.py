"""An assessment as it is filled in, stored and read: six answers make a proposal, the rest explains them (employment-support 1.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.assessments import (
    DISPUTES,
    HEALTH_SOURCE,
    Answers,
    AssessmentKind,
    AssessmentNumbers,
    Barrier,
    BarrierKind,
    Barriers,
    Comment,
    DriveItem,
    Health,
    HealthSource,
    Motivation,
    Said,
    Scope,
    Work,
    drive_of,
    help_named,
    worst_of,
)
from desktop.domain.era_table import format_date, format_month
from desktop.domain.medical_opinions import Opinion
from desktop.domain.support_groups import (
    DecisionTable,
    Flag,
    GroupKind,
    Proposal,
    SupportGroup,
    propose,
)

#: Most characters of one text, as the database has it.
MOST_WORDS = 10_000
#: The row of the office's list that says that somebody was asked and has no barrier.
NO_BARRIER = "BF00"
_HIDDEN = "配慮が要る要因"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentTables:
    """Everything that the form is made of, on one day. `anchors` are answer code → label and anchor."""

    on: date
    barriers: Mapping[str, BarrierKind]
    items: tuple[DriveItem, ...]
    anchors: Mapping[str, tuple[str, str]]
    numbers: AssessmentNumbers
    rules: DecisionTable
    groups: Mapping[SupportGroup, GroupKind]

    def label(self, code: str) -> str:
        """What an answer is called."""
        return self.anchors.get(code, (code, ""))[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentInput:
    """An assessment as it is filled in. Months are their first day; texts are the person's or the caseworker's own words.

    `comment_on` is the day on which it was shown to the person.
    """

    assessment_id: UUID
    household_id: UUID
    person_id: UUID
    kind: AssessmentKind
    made_on: date
    scope: Scope = Scope.IN
    asks_anyway: bool = False
    work: Work = Work.NONE
    job: str = field(default="", repr=False)
    health: Health = Health.UNKNOWN
    health_source: HealthSource | None = None
    health_on: date | None = None
    health_words: str = field(default="", repr=False)
    rejudge_on: date | None = None
    barriers: tuple[Barrier, ...] = field(default=(), repr=False)
    motivation: Motivation = Motivation.NOT_ASKED
    motivation_on: date | None = None
    motivation_words: str = field(default="", repr=False)
    drive_said: Mapping[str, Said] = field(default_factory=dict)
    resources: str = field(default="", repr=False)
    wishes: str = field(default="", repr=False)
    market: str = field(default="", repr=False)
    life: str = field(default="", repr=False)
    safety: str = field(default="", repr=False)
    view: str = field(default="", repr=False)
    comment: Comment = Comment.NOT_SHOWN
    comment_on: date | None = None
    comment_words: str = field(default="", repr=False)

    @property
    def on_hold(self) -> bool:
        """Something about safety comes first."""
        return bool(self.safety.strip())

    @property
    def is_disputed(self) -> bool:
        """The person disagrees, at least in part (異議)."""
        return self.comment in DISPUTES

    def answers(self, tables: AssessmentTables) -> Answers:
        """The six answers; barriers and self-drive are taken together from their rows."""
        return Answers(
            scope=self.scope,
            asks_anyway=self.asks_anyway,
            work=self.work,
            health=self.health,
            barriers=worst_of(barrier.state for barrier in self.barriers),
            motivation=self.motivation,
            drive=drive_of(tables.items, self.drive_said, tables.numbers.drive_others),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A stored assessment with its author, its proposal and whether safety still holds it. `can_see_all`: also sensitive barriers.

    `tables` are those of the day whose form it was made with: its labels stay what they were.
    """

    given: AssessmentInput
    form_on: date
    tables: AssessmentTables = field(repr=False)
    answers: Answers
    proposal: Proposal
    reason: str = field(repr=False)
    author: str = field(repr=False)
    author_id: UUID
    saved_at: datetime
    hold_lifted_at: datetime | None = None
    can_see_all: bool = True

    @property
    def is_held(self) -> bool:
        """Whether nothing may be decided until the question of safety is settled."""
        return self.given.on_hold and self.hold_lifted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedGroup:
    """A decided group as screens show it: by whom, how, on which assessment, until when; `matter_id` where a conference did."""

    decision_id: UUID
    group: SupportGroup
    proposed: SupportGroup
    how: str
    effective_from: date
    next_review_on: date
    expires_on: date | None
    reason: str = field(repr=False)
    persons_view: str = field(repr=False)
    decided_by: str = field(repr=False)
    decided_at: datetime
    is_present: bool = False
    matter_id: UUID | None = None
    assessment_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedPerson:
    """One member of a household beside the newest assessment and the decided groups, newest first.

    `opinion` is the newest word on health in 通院・病状, for whoever may read it; it fills nothing by itself.
    """

    person_id: UUID
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    usual_scope: Scope
    is_working: bool
    has_worked: bool = False
    newest: Assessment | None = None
    earlier: tuple[Assessment, ...] = field(default=(), repr=False)
    groups: tuple[DecidedGroup, ...] = ()
    flags: tuple[Flag, ...] = ()
    evidence_is_old: bool = False
    opinion: Opinion | None = field(default=None, repr=False)

    @property
    def all_assessments(self) -> tuple[Assessment, ...]:
        """The newest and the earlier ones."""
        return self.earlier if self.newest is None else (self.newest, *self.earlier)

    @property
    def present(self) -> DecidedGroup | None:
        """The group in force."""
        return next((group for group in self.groups if group.is_present), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentsOfFile:
    """The assessments of one opened file, and what this person may do with them."""

    people: tuple[AssessedPerson, ...]
    tables: AssessmentTables
    may_assess: bool
    may_decide: bool


def proposal_of(given: AssessmentInput, tables: AssessmentTables) -> Proposal:
    """What the office's table proposes of an assessment at this moment."""
    return propose(tables.rules, given.answers(tables))


def reason_facts(
    given: AssessmentInput, tables: AssessmentTables, *, shows_sensitive: bool = False
) -> dict[str, str]:
    """The facts that fill the slots of a rule's reason. A sensitive barrier is named only where the reader may see it."""
    worst = worst_of(barrier.state for barrier in given.barriers)
    decisive = [b for b in given.barriers if b.state is worst and worst is not Barriers.NONE]
    months = [b.expected_on for b in decisive if b.expected_on]
    facts = {
        "医学的意見": _evidence(given),
        "時期": format_month(given.rejudge_on) if given.rejudge_on else "",
        "要因": "、".join(
            dict.fromkeys(
                _barrier_label(b, tables, shows_sensitive=shows_sensitive) for b in decisive
            )
        ),
        "解消時期": format_month(max(months)) if months else "",
        "本人の言葉": given.motivation_words.strip(),
        "支援": "、".join(help_named(tables.items, given.drive_said)) or _will(given, tables),
    }
    return {slot: said for slot, said in facts.items() if said}


def needs_more(proposal: Proposal) -> tuple[str, ...]:
    """The parts of the form to open beyond the six answers, by what support of the proposed group needs to know.

    Parts are `drive`, `resources`, `wishes`, `market`, `life`.
    """
    match proposal.group:
        case SupportGroup.WITH_HELP | SupportGroup.ENCOURAGING:
            return ("drive", "resources", "wishes", "market")
        case SupportGroup.ALONE:
            return ("drive", "wishes")
        case SupportGroup.RECOVERY | SupportGroup.REMOVING_BARRIERS:
            return ("life", "resources", "wishes")
        case SupportGroup.DAILY_LIFE:
            return ("life",)
    return ()


def _will(given: AssessmentInput, tables: AssessmentTables) -> str:
    """Where every item is done alone, it is the will that help is needed with."""
    return f"本人の意向：{tables.label(given.motivation)}"


def _evidence(given: AssessmentInput) -> str:
    if given.health_source is None:
        return ""
    day = f"、{format_date(given.health_on)}" if given.health_on else ""
    return f"{HEALTH_SOURCE[given.health_source]}{day}"


def _barrier_label(barrier: Barrier, tables: AssessmentTables, *, shows_sensitive: bool) -> str:
    kind = tables.barriers.get(barrier.code)
    if kind is None:
        return barrier.code
    return kind.label if shows_sensitive or not kind.is_sensitive else _HIDDEN
