"""Support groups (支援区分): how much help somebody gets and of what kind. Never a legal finding, never printed for the person.

The office's decision table (first match wins) makes a proposal of an assessment's answers and says by which rule; a conference or
the supervisor decides, and until then the proposal feeds nothing (employment-support 1.9, 1.10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.assessments import (
    Answers,
    Barriers,
    Health,
    Motivation,
    Scope,
    SelfDrive,
    Work,
)
from desktop.domain.dates import age_on, months_later
from desktop.domain.template_slots import fill


class SupportGroup(StrEnum):
    """The groups, G1 by its three kinds."""

    OUT_OF_SCOPE = "G0"
    RECOVERY = "G1a"
    REMOVING_BARRIERS = "G1b"
    ENCOURAGING = "G1c"
    WITH_HELP = "G2"
    ALONE = "G3"
    DAILY_LIFE = "G4"
    WORKING = "GW"
    NOT_KNOWN = "GX"

    @property
    def main(self) -> str:
        """The group without its kind: G1, G2 …."""
        return self.value[:2]


class Flag(StrEnum):
    """What lies over a group, whichever it is."""

    SUPPORT_HOLD = "support_hold"
    RESTRICTED_JOB = "restricted_job"
    MORE_INCOME = "w1_increase"
    NEAR_65 = "near65"
    YOUNG_FIRST = "young_first"
    VOLUNTARY = "voluntary"


class DecidedBy(StrEnum):
    """How a group was decided."""

    CONFERENCE = "conference"
    SUPERVISOR = "supervisor"
    PROVISIONAL = "provisional"


DECIDED_BY: Mapping[DecidedBy, str] = {
    DecidedBy.CONFERENCE: "会議",
    DecidedBy.SUPERVISOR: "査察指導員（変わりなし）",
    DecidedBy.PROVISIONAL: "仮の区分",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput:
    """A decision as it is made: `matter_id` by a conference, `expires_on` for the time being, neither by the supervisor alone."""

    decision_id: UUID
    household_id: UUID
    person_id: UUID
    assessment_id: UUID
    group: SupportGroup
    how: DecidedBy
    next_review_on: date
    reason: str = field(repr=False)
    persons_view: str = field(default="", repr=False)
    matter_id: UUID | None = None
    expires_on: date | None = None


#: Fewest characters of the reason where the decision is not what the table proposed.
FEWEST_REASON = 20
FLAG: Mapping[Flag, str] = {
    Flag.SUPPORT_HOLD: "安全の確認が先（支援・指導は止まっています）",
    Flag.RESTRICTED_JOB: "仕事に制限あり",
    Flag.MORE_INCOME: "就労中・増収をめざす",
    Flag.NEAR_65: "1年以内に65歳",
    Flag.YOUNG_FIRST: "若年・職歴なし",
    Flag.VOLUNTARY: "本人の希望による評価",
}
_OLD_AGE, _NEAR_MONTHS, _YOUNG = 65, 12, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKind:
    """What the office says of a group: its label, its words towards the person, and after how many months it is reviewed."""

    group: SupportGroup
    label: str
    said: str
    review_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """One row of the decision table.

    Each list names the codes that fit, an empty one fits all. With `any_of` one list that fits is enough, otherwise all must.
    `reason` has slots (`{時期}`, `{要因}`, `{不足}`, `{医学的意見}`, `{本人の言葉}`) that facts fill.
    """

    code: str
    group: SupportGroup
    reason: str
    order: int = 0
    any_of: bool = False
    scope: frozenset[Scope] = frozenset()
    work: frozenset[Work] = frozenset()
    health: frozenset[Health] = frozenset()
    barriers: frozenset[Barriers] = frozenset()
    motivation: frozenset[Motivation] = frozenset()
    drive: frozenset[SelfDrive] = frozenset()

    def fits(self, answers: Answers) -> bool:
        """Whether the answers fulfil the row; a row without any list is the catch-all."""
        pairs = (
            (self.scope, Scope.IN if answers.is_assessed else Scope.OUT),
            (self.work, answers.work),
            (self.health, answers.health),
            (self.barriers, answers.barriers),
            (self.motivation, answers.motivation),
            (self.drive, answers.drive),
        )
        asked = [answer in wanted for wanted, answer in pairs if wanted]
        return not asked or (any(asked) if self.any_of else all(asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """The office's rules in their order, and the day from which they hold: the version that a proposal names."""

    rules: tuple[GroupRule, ...]
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the table proposes. `also` are the lower rules that fit too, but for the catch-all; `unknown` what nobody knows yet."""

    rule: GroupRule
    valid_from: date
    also: tuple[GroupRule, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def group(self) -> SupportGroup:
        """The proposed group."""
        return self.rule.group

    def reason(self, facts: Mapping[str, str]) -> str:
        """The reason as a sentence; what no fact says becomes a blank."""
        return fill(self.rule.reason, {"不足": "、".join(self.unknown), **facts})


#: What is missing, as a list of things to find out.
_UNKNOWN: tuple[tuple[str, str], ...] = (
    ("health", "健康と仕事についての医学的な意見"),
    ("barriers", "就労阻害要因"),
    ("motivation", "本人の意向"),
    ("drive", "自分で活動できるか"),
)
_NOT_KNOWN = frozenset({Health.UNKNOWN, Barriers.UNKNOWN, Motivation.NOT_ASKED, SelfDrive.UNKNOWN})


def propose(table: DecisionTable, answers: Answers) -> Proposal:
    """The first rule that fits, what else would fit, and what is unknown.

    Raises LookupError where no rule fits; a table that an office may enter always has a catch-all (`table_errors`).
    """
    fitting = [rule for rule in _in_order(table.rules) if rule.fits(answers)]
    if not fitting:
        raise LookupError("the decision table has no rule for these answers")
    first, *others = fitting
    return Proposal(
        rule=first,
        valid_from=table.valid_from,
        also=tuple(
            rule for rule in others if not _is_catch_all(rule) and rule.group is not first.group
        )
        if answers.is_assessed
        else (),
        unknown=unknown_of(answers) if answers.is_assessed else (),
    )


def unknown_of(answers: Answers) -> tuple[str, ...]:
    """What nobody knows yet, in the order in which it is asked."""
    return tuple(said for name, said in _UNKNOWN if getattr(answers, name) in _NOT_KNOWN)


def flags_of(
    answers: Answers, birth_date: date | None, today: date, *, has_worked: bool, on_hold: bool
) -> tuple[Flag, ...]:
    """What lies over the group, from facts alone."""
    age = None if birth_date is None else age_on(birth_date, today)
    soon = None if birth_date is None else age_on(birth_date, months_later(today, _NEAR_MONTHS))
    found = {
        Flag.SUPPORT_HOLD: on_hold,
        Flag.RESTRICTED_JOB: answers.health is Health.LIMITED,
        Flag.MORE_INCOME: answers.work is Work.MORE_POSSIBLE,
        Flag.NEAR_65: age is not None and soon is not None and age < _OLD_AGE <= soon,
        Flag.YOUNG_FIRST: age is not None and age < _YOUNG and not has_worked,
        Flag.VOLUNTARY: answers.scope is Scope.OUT and answers.asks_anyway,
    }
    return tuple(flag for flag, holds in found.items() if holds)


def table_errors(rules: Sequence[GroupRule]) -> tuple[str, ...]:
    """What is wrong with a table as a whole, as sentences: two rules of one order, no catch-all, or a rule behind it."""
    ordered = _in_order(rules)
    orders = [rule.order for rule in ordered]
    catches = [at for at, rule in enumerate(ordered) if _is_catch_all(rule)]
    errors = []
    if len(set(orders)) != len(orders):
        errors.append("同じ順番の規則があります。順番を分けてください。")
    if not catches:
        errors.append(
            "どの回答にも当たる最後の規則がありません。条件のない規則を一つ残してください。"
        )
    elif catches[0] != len(ordered) - 1:
        errors.append(
            "条件のない規則より後ろの規則は使われません。条件のない規則を最後にしてください。"
        )
    return tuple(errors)


def _is_catch_all(rule: GroupRule) -> bool:
    return not any((rule.scope, rule.work, rule.health, rule.barriers, rule.motivation, rule.drive))


def _in_order(rules: Iterable[GroupRule]) -> list[GroupRule]:
    return sorted(rules, key=lambda rule: (rule.order, rule.code))
