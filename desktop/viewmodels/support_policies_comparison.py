"""Two support policies beside each other, line by line by the issue's id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from desktop.domain.era import format_date
from desktop.domain.support_policies import (
    INDEPENDENCE,
    ISSUE_DOMAIN,
    POLICY_KIND,
    STANDING,
    Issue,
    Standing,
)
from desktop.viewmodels.records_difference import PartDifference, compare
from desktop.viewmodels.records_text import Labelled
from desktop.viewmodels.support_policies import (
    Names,
    Policy,
    household_parts,
    issue_parts,
    whose,
)
from desktop.viewmodels.text_difference import Change, Piece

_FACTS = frozenset({"kind", "made", "visits", "about", "standing"})


class LineChange(Enum):
    """What became of a line, as a word that stands beside it."""

    SAME = "変更なし"
    CHANGED = "変更"
    NEW = "新しい課題"
    ENDED = "終了"
    GONE = "この方針にない課題"
    PAST = "前の方針で終了"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """One line of both policies; `issue_id` is None for the part about the household."""

    issue_id: UUID | None
    title: str
    change: LineChange
    parts: tuple[PartDifference, ...]


def compare_policies(old: Policy, new: Policy, names: Names) -> tuple[LineDifference, ...]:
    """The household's part, the lines in the order of the newer policy, and last what it no longer has."""
    before = {issue.issue_id: issue for issue in old.issues}
    known = {issue.issue_id for issue in new.issues}
    gone = [issue for issue in old.issues if issue.issue_id not in known]
    lines = [_line(before.get(issue.issue_id), issue, names) for issue in new.issues]
    return (_household(old, new), *lines, *(_line(issue, None, names) for issue in gone))


def summary(lines: tuple[LineDifference, ...]) -> str:
    """変更2、新しい課題1、終了1、変更なし3: what the reader has before him."""
    counts = [(kind, sum(line.change is kind for line in lines)) for kind in LineChange]
    order = [*(c for c in counts if c[0] is not LineChange.SAME), counts[0]]
    return "、".join(f"{kind.value} {count}" for kind, count in order if count)


def _household(old: Policy, new: Policy) -> LineDifference:
    parts = _compared(_whole(old), _whole(new))
    changed = any(part.is_changed for part in parts if part.key not in {"kind", "made"})
    return LineDifference(
        issue_id=None,
        title="世帯",
        change=LineChange.CHANGED if changed else LineChange.SAME,
        parts=parts,
    )


def _compared(old: Iterable[Labelled], new: Iterable[Labelled]) -> tuple[PartDifference, ...]:
    """The parts of both sides; dates and codes are read as a whole, never by single characters."""
    before, after = tuple(old), tuple(new)
    said = {part.key: part.text for part in before}
    says = {part.key: part.text for part in after}
    return tuple(
        replace(part, pieces=_replaced(said.get(part.key, ""), says.get(part.key, "")))
        if part.key in _FACTS and part.is_changed
        else part
        for part in compare(before, after)
    )


def _replaced(old: str, new: str) -> tuple[Piece, ...]:
    both = ((Change.REMOVED, old), (Change.ADDED, new))
    return tuple(Piece(change=change, text=text) for change, text in both if text)


def _whole(policy: Policy) -> Iterator[Labelled]:
    yield Labelled(key="kind", label="策定区分", text=POLICY_KIND[policy.kind])
    yield Labelled(key="made", label="策定日", text=format_date(policy.made_on))
    yield from household_parts(policy)


def _line(old: Issue | None, new: Issue | None, names: Names) -> LineDifference:
    shown = new or old
    if shown is None:
        raise ValueError("a line stands on at least one side")
    parts = _compared(_words(old, names), _words(new, names))
    return LineDifference(
        issue_id=shown.issue_id,
        title=shown.text.replace("\n", " ") or "（課題の文なし）",
        change=_change(old, new, parts),
        parts=parts,
    )


def _change(old: Issue | None, new: Issue | None, parts: tuple[PartDifference, ...]) -> LineChange:
    if new is None:
        was_ended = old is not None and old.standing is Standing.ENDED
        return LineChange.PAST if was_ended else LineChange.GONE
    if new.standing is Standing.ENDED and (old is None or old.standing is not Standing.ENDED):
        return LineChange.ENDED
    if old is None:
        return LineChange.NEW
    is_changed = any(part.is_changed for part in parts)
    return LineChange.CHANGED if is_changed else LineChange.SAME


def _words(issue: Issue | None, names: Names) -> Iterator[Labelled]:
    if issue is None:
        return
    about = (
        f"{whose(issue, names)}　{INDEPENDENCE[issue.independence]}　{ISSUE_DOMAIN[issue.domain]}"
    )
    yield Labelled(key="about", label="だれの・何の課題", text=about)
    goes_on = Standing.ENDED if issue.standing is Standing.ENDED else Standing.CONTINUED
    yield Labelled(key="standing", label="継続・終了", text=STANDING[goes_on])
    yield Labelled(key="text", label="課題", text=issue.text)
    yield from issue_parts(issue)
    if issue.evidence:
        quotes = "\n".join(f"「{evidence.quote}」" for evidence in issue.evidence)
        yield Labelled(key="evidence", label="根拠の記録", text=quotes)
