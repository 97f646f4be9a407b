"""A support policy beside the one that it follows, line by line: what is new, changed, ended, unchanged or missing.

A line is known by its issue's id, which it keeps from one policy to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.review import EvidenceSource, PolicyCard
from desktop.domain.support_policies import (
    ACTOR,
    INDEPENDENCE,
    ISSUE_DOMAIN,
    TERM,
    Action,
    Evidence,
    Goal,
    Issue,
    Standing,
    SupportPolicy,
)
from desktop.viewmodels.records_difference import PartDifference, compare
from desktop.viewmodels.records_text import Badge, Labelled
from desktop.viewmodels.text_difference import Change, Piece

_HOUSEHOLD = "世帯全体"
_SOMEBODY = "世帯員"


class LineChange(StrEnum):
    """What became of an issue since the policy before; `dropped` stood in it and was not carried over."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    DROPPED = "dropped"


#: The word for it and its tone.
LINE_CHANGE: Mapping[LineChange, Badge] = {
    LineChange.NEW: Badge(text="新しい課題", tone="info"),
    LineChange.CHANGED: Badge(text="変更あり", tone="warning"),
    LineChange.ENDED: Badge(text="終了", tone="muted"),
    LineChange.UNCHANGED: Badge(text="変更なし", tone="muted"),
    LineChange.DROPPED: Badge(text="引き継がれていない", tone="error"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDifference:
    """One line of the sheet: what became of it, its heading, and its parts with what changed in each.

    The evaluation (評価) tells of the line as it was; writing one does not by itself change the line.
    """

    issue_id: UUID
    change: LineChange
    heading: str
    parts: tuple[PartDifference, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDifference:
    """A policy with what changed in it: what it says of the household, then line by line."""

    parts: tuple[PartDifference, ...]
    issues: tuple[IssueDifference, ...]

    @property
    def summary(self) -> str:
        """How many lines are what: 新しい課題 1、変更あり 2、変更なし 3."""
        counts = Counter(issue.change for issue in self.issues)
        return "、".join(
            f"{badge.text} {counts[change]}"
            for change, badge in LINE_CHANGE.items()
            if counts[change]
        )


def compare_policies(
    old: SupportPolicy | None,
    new: SupportPolicy,
    people: Mapping[UUID, str],
    sources: Mapping[UUID, EvidenceSource],
) -> PolicyDifference:
    """The new policy's lines in its order, then those of the old one that went on and are missing in it.

    Without an old policy nothing is marked. `people` names whom an issue is about, `sources` where evidence stands.
    """
    before = {} if old is None else {issue.issue_id: issue for issue in old.goes_on}
    after = {issue.issue_id for issue in new.issues}
    lines = [
        _line(before.get(i.issue_id), i, people, sources, is_marked=old is not None)
        for i in new.issues
    ]
    lines += [_dropped(issue, people, sources) for key, issue in before.items() if key not in after]
    parts = _whole(new)
    return PolicyDifference(
        parts=_plain(parts) if old is None else _compared_whole(old, parts), issues=tuple(lines)
    )


def policy_legend(card: PolicyCard, changes: PolicyDifference) -> str:
    """What the sheet is compared with, how many lines are what, and how changes are marked."""
    previous = card.previous
    if previous is None:
        return "この世帯の最初の援助方針です。"
    at = previous.approved_at
    day = "" if at is None else f"（{format_date(japan_day(at), DateStyle.SHORT)} 承認）"
    return f"前の援助方針{day}からの変更：{changes.summary}　取消線＝消えた文　下線＝加わった文"


def evidence_line(evidence: Evidence, source: EvidenceSource | None) -> str:
    """The quoted sentence and where it stands: 「薬が残っていた。」（No.12 R6.10.1 の記録）."""
    if source is None:
        return f"「{evidence.quote}」"
    number = f"No.{source.number} " if source.number is not None else ""
    day = format_date(source.event_on, DateStyle.SHORT)
    return f"「{evidence.quote}」（{number}{day} の記録）"


def goal_line(goal: Goal) -> str:
    """How far it lies, what is to be reached, by when."""
    return f"{TERM[goal.term]}　{goal.text}{_until(goal.by_on)}"


def action_line(action: Action) -> str:
    """Who does what by when, and how one will see that it was done."""
    due = _until(action.by_on)
    measure = f"　確認：{action.measure}" if action.measure else ""
    return f"{ACTOR[action.actor]}　{action.what}{due}{measure}"


def issue_heading(issue: Issue, people: Mapping[UUID, str]) -> str:
    """Whom the issue is about, and what: 試験 太郎　健康（日常生活自立）."""
    whose = _HOUSEHOLD if issue.person_id is None else people.get(issue.person_id) or _SOMEBODY
    return f"{whose}　{ISSUE_DOMAIN[issue.domain]}（{INDEPENDENCE[issue.independence]}）"


def _line(
    old: Issue | None,
    new: Issue,
    people: Mapping[UUID, str],
    sources: Mapping[UUID, EvidenceSource],
    *,
    is_marked: bool,
) -> IssueDifference:
    said = tuple(_said(new, people))
    parts = _plain(said) if old is None else _shown(compare(_said(old, people), said))
    if old is None:
        change = LineChange.NEW
    elif any(part.is_changed for part in parts) or old.evidence != new.evidence:
        change = LineChange.CHANGED
    else:
        change = LineChange.UNCHANGED
    if new.standing is Standing.ENDED:
        change = LineChange.ENDED
    if old is None and is_marked:
        parts = _added(parts)
    return IssueDifference(
        issue_id=new.issue_id,
        change=change,
        heading=issue_heading(new, people),
        parts=(*_plain(_result(new)), *parts),
        evidence=_quotes(new, sources),
    )


def _dropped(
    issue: Issue, people: Mapping[UUID, str], sources: Mapping[UUID, EvidenceSource]
) -> IssueDifference:
    return IssueDifference(
        issue_id=issue.issue_id,
        change=LineChange.DROPPED,
        heading=issue_heading(issue, people),
        parts=tuple(p for p in _shown(compare(_said(issue, people), ())) if p.key != "kind"),
        evidence=_quotes(issue, sources),
    )


def _quotes(issue: Issue, sources: Mapping[UUID, EvidenceSource]) -> tuple[str, ...]:
    return tuple(evidence_line(e, sources.get(e.entry_id)) for e in issue.evidence)


def _compared_whole(old: SupportPolicy, parts: tuple[Labelled, ...]) -> tuple[PartDifference, ...]:
    """The evaluation is of the policy before: it is read as it stands, never beside an earlier evaluation."""
    situation = tuple(part for part in parts if part.key == "situation")
    evaluation = tuple(part for part in parts if part.key == "evaluation")
    before = tuple(part for part in _whole(old) if part.key == "situation")
    return (*_plain(evaluation), *_shown(compare(before, situation)))


def _whole(policy: SupportPolicy) -> tuple[Labelled, ...]:
    return (
        Labelled(key="evaluation", label="前の援助方針の評価", text=policy.evaluation),
        Labelled(key="situation", label="世帯の状況", text=policy.situation),
    )


def _result(issue: Issue) -> tuple[Labelled, ...]:
    return (Labelled(key="evaluation", label="評価（どうなったか）", text=issue.result),)


def _said(issue: Issue, people: Mapping[UUID, str]) -> Iterator[Labelled]:
    """What a line says; `kind` is read as a whole, the rest as text."""
    yield Labelled(key="kind", label="区分", text=issue_heading(issue, people))
    yield Labelled(key="text", label="課題", text=issue.text)
    yield Labelled(key="fact", label="事実", text=issue.fact)
    yield Labelled(key="cause", label="原因・背景", text=issue.cause)
    yield Labelled(key="wish", label="本人の希望", text=issue.wish)
    yield Labelled(key="strength", label="本人の強み", text=issue.strength)
    yield Labelled(key="goals", label="目標", text="\n".join(map(goal_line, issue.goals)))
    yield Labelled(key="actions", label="取組", text="\n".join(map(action_line, issue.actions)))


def _plain(parts: tuple[Labelled, ...]) -> tuple[PartDifference, ...]:
    """Parts in which nothing is marked; the heading says the kind already."""
    return tuple(
        PartDifference(
            key=part.key, label=part.label, pieces=(Piece(change=Change.SAME, text=part.text),)
        )
        for part in parts
        if part.text and part.key != "kind"
    )


def _added(parts: tuple[PartDifference, ...]) -> tuple[PartDifference, ...]:
    return tuple(
        PartDifference(
            key=part.key,
            label=part.label,
            pieces=tuple(Piece(change=Change.ADDED, text=piece.text) for piece in part.pieces),
        )
        for part in parts
    )


def _shown(parts: tuple[PartDifference, ...]) -> tuple[PartDifference, ...]:
    """What says anything; the kind only where it changed."""
    return tuple(p for p in parts if p.has_text and (p.key != "kind" or p.is_changed))


def _until(day: date | None) -> str:
    return f"（{format_date(day, DateStyle.SHORT)}まで）" if day else ""
