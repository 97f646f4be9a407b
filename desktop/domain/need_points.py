"""Which household wants a visit first (訪問の必要度): a short table of reasons that the office edits.

Points order visits within the rules: earlier in the window, last to be given up. They never remove a visit that the law or
the grade asks for, belong to a planned visit alone, and are never stored on a household, printed or exported. Nothing here
looks at who somebody is; every point has a reason that can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desktop.domain.errors import ValidationError


class NeedRule(StrEnum):
    """What can raise the need. The codes are the keys of the office's table."""

    SINCE_CONTACT = "since_contact"
    FAILED = "failed"
    DECLARATION_OVERDUE = "declaration_overdue"
    CHANGE_REPORTED = "change_reported"
    REVIEW_DUE = "review_due"
    MANUAL = "manual"


NEED_RULE_LABEL: Mapping[NeedRule, str] = {
    NeedRule.SINCE_CONTACT: "最後に会ってからの日数",
    NeedRule.FAILED: "続けて会えなかった回数",
    NeedRule.DECLARATION_OVERDUE: "出ていない申告",
    NeedRule.CHANGE_REPORTED: "届け出のあった変化",
    NeedRule.REVIEW_DUE: "援助方針の見直し期限",
    NeedRule.MANUAL: "担当員・査察指導員による加減",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPoint:
    """A row of the office's table: so many points for every whole `step` of what the rule measures, never above `most`.

    SINCE_CONTACT measures percent of the grade's interval, all others count. Of MANUAL only `most` is used.
    """

    rule: NeedRule
    points: int
    step: int
    most: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualPoint:
    """Points that somebody gave or took by hand; never without a comment."""

    points: int
    comment: str = field(repr=False)
    by: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.comment.strip():
            raise ValidationError(comment="点を加減する理由を入力してください。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsInput:
    """Points for one planned visit of a plan (必要度の加減); 0 takes back what was given. The id is the client's."""

    point_id: UUID
    plan_id: UUID
    visit_id: UUID
    points: int
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFacts:
    """What is known of a household on the day. `days_since_contact` None: nobody met it yet.

    `interval_days` is the longest interval of its grade, 0 where there is none.
    """

    days_since_contact: int | None = None
    interval_days: int = 0
    failed_attempts: int = 0
    declarations_overdue: int = 0
    changes_reported: int = 0
    reviews_due: int = 0
    manual: tuple[ManualPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One line of the breakdown: the rule, what was found in words, the points, and why the office counts it."""

    rule: NeedRule
    found: str = field(repr=False)
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Points with their breakdown. Never below zero."""

    points: int
    lines: tuple[NeedLine, ...]


def need_of(facts: NeedFacts, table: Mapping[NeedRule, NeedPoint]) -> Need:
    """The points of a household with every line that made them. A rule the office has no row for counts nothing."""
    lines = [
        line
        for rule, (amount, found) in _measured(facts).items()
        if (line := _line(rule, amount, found, table)) is not None
    ]
    lines.extend(_manual(facts, table))
    return Need(points=max(0, sum(line.points for line in lines)), lines=tuple(lines))


def need_words(lines: Iterable[NeedLine]) -> str:
    """必要度30点（続けて2回会えていません＋20、…）。 "" where there is no line."""
    found = tuple(lines)
    if not found:
        return ""
    told = "、".join(f"{line.found} {signed(line.points)}" for line in found)
    return f"必要度{max(0, sum(line.points for line in found))}点（{told}）。"


def signed(points: int) -> str:
    """＋10 / −10."""
    return f"＋{points}" if points >= 0 else f"−{-points}"


def _measured(facts: NeedFacts) -> dict[NeedRule, tuple[int | None, str]]:
    """What each rule found; None stands for more than any number."""
    return {
        NeedRule.SINCE_CONTACT: _since_contact(facts),
        NeedRule.FAILED: (facts.failed_attempts, f"続けて{facts.failed_attempts}回会えていません"),
        NeedRule.DECLARATION_OVERDUE: (
            facts.declarations_overdue,
            f"出ていない申告が{facts.declarations_overdue}件",
        ),
        NeedRule.CHANGE_REPORTED: (facts.changes_reported, f"変化が{facts.changes_reported}件"),
        NeedRule.REVIEW_DUE: (facts.reviews_due, "援助方針の見直し期限が来ています"),
    }


def _since_contact(facts: NeedFacts) -> tuple[int | None, str]:
    if facts.days_since_contact is None:
        return None, "まだ会えていません"
    if facts.interval_days <= 0:
        return 0, ""
    percent = 100 * facts.days_since_contact // facts.interval_days
    return percent, f"{facts.days_since_contact}日（間隔{facts.interval_days}日の{percent}％）"


def _line(
    rule: NeedRule, amount: int | None, found: str, table: Mapping[NeedRule, NeedPoint]
) -> NeedLine | None:
    row = table.get(rule)
    if row is None or amount == 0:
        return None
    points = row.most if amount is None else min(row.most, row.points * (amount // row.step))
    return NeedLine(rule=rule, found=found, points=points, reason=row.reason) if points else None


def _manual(facts: NeedFacts, table: Mapping[NeedRule, NeedPoint]) -> list[NeedLine]:
    """What people gave by hand, each within the office's limit in both directions."""
    row = table.get(NeedRule.MANUAL)
    if row is None:
        return []
    return [
        NeedLine(
            rule=NeedRule.MANUAL,
            found=f"{given.by}：{given.comment.strip()}",
            points=max(-row.most, min(row.most, given.points)),
            reason=row.reason,
        )
        for given in facts.manual
    ]
