"""Two support policies, or two versions of one, beside each other: line by line by the issue's id, which never changes.

The card of the supervisor, the section of the file and the conflict of two windows show the same comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.review import EvidenceSource, PolicyCard
from desktop.domain.support_policies import (
    INDEPENDENCE,
    ISSUE_DOMAIN,
    POLICY_KIND,
    STANDING,
    Evidence,
    Issue,
    Standing,
)
from desktop.viewmodels.records_difference import PartDifference, compare
from desktop.viewmodels.records_text import Badge, Labelled
from desktop.viewmodels.support_policies import (
    Names,
    Policy,
    household_parts,
    issue_parts,
    whose,
)
from desktop.viewmodels.text_difference import Change, Piece, new_side, old_side

#: Read as a whole: dates and codes, never by single characters.
_FACTS = frozenset({"kind", "made", "visits", "about", "standing"})
#: These tell of the policy before. From one policy to the next they stand beside each other and are no change.
_TOLD = frozenset({"evaluation", "result"})
#: What is read of a policy at any rate, be it changed or not.
_QUIET = frozenset({"kind", "made", "about", "standing"})
_NO_EVIDENCE = "記録の文は引かれていません。"
_FIRST = "この世帯の最初の援助方針です。"
_MARKS = "取消線＝消えた文　下線＝加わった文"


class LineChange(Enum):
    """What became of a line; its value is the word that stands beside it."""

    NEW = "新しい課題"
    CHANGED = "変更あり"
    ENDED = "終了"
    SAME = "変更なし"
    DROPPED = "引き継がれていない"
    GONE = "この版にない課題"
    PAST = "前の方針で終了"


#: The word for it and its tone.
LINE_CHANGE: Mapping[LineChange, Badge] = {
    change: Badge(text=change.value, tone=tone)
    for change, tone in (
        (LineChange.NEW, "good"),
        (LineChange.CHANGED, "warning"),
        (LineChange.ENDED, "muted"),
        (LineChange.SAME, "muted"),
        (LineChange.DROPPED, "error"),
        (LineChange.GONE, "error"),
        (LineChange.PAST, "muted"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One labelled part: both sides for two columns, and in one text what went and came."""

    key: str
    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    is_changed: bool

    @property
    def is_quiet(self) -> bool:
        """Whether it is read only where it changed: the heading or the title says it already."""
        return self.key in _QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """One line of both policies: whom and what it is about, and its words. `issue_id` is None for the household's part."""

    issue_id: UUID | None
    about: str
    text: str
    change: LineChange
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The household's part, then the lines. Without an older policy (`is_first`) nothing is marked."""

    lines: tuple[LineDifference, ...]
    is_first: bool = False

    @property
    def issues(self) -> tuple[LineDifference, ...]:
        """The lines without the household's part."""
        return tuple(line for line in self.lines if line.issue_id is not None)

    def reviewed(self) -> Comparison:
        """What a supervisor decides on: without lines that the policy before had ended."""
        return replace(self, lines=tuple(x for x in self.lines if x.change is not LineChange.PAST))

    @property
    def summary(self) -> str:
        """世帯の欄に変更あり、新しい課題 1、変更なし 3: what the reader has before him."""
        counts = {kind: sum(line.change is kind for line in self.issues) for kind in LineChange}
        household = [
            "世帯の欄に変更あり"
            for line in self.lines
            if line.issue_id is None and line.change is LineChange.CHANGED
        ]
        return "、".join(
            [*household, *(f"{kind.value} {count}" for kind, count in counts.items() if count)]
        )


def compare_policies(
    old: Policy | None,
    new: Policy,
    names: Names,
    sources: Mapping[UUID, EvidenceSource] | None = None,
) -> Comparison:
    """The lines in the order of the newer policy, and last what it no longer has.

    `names` are those of the members by person, `sources` the entries that evidence was quoted from.
    """
    made = _Making(old, new, names, sources or {})
    known = {issue.issue_id for issue in new.issues}
    gone = [issue for issue in (old.issues if old else ()) if issue.issue_id not in known]
    before = {issue.issue_id: issue for issue in (old.issues if old else ())}
    return Comparison(
        lines=(
            made.household(),
            *(made.line(before.get(issue.issue_id), issue) for issue in new.issues),
            *(made.line(issue, None) for issue in gone),
        ),
        is_first=old is None,
    )


def policy_legend(card: PolicyCard, comparison: Comparison) -> str:
    """What the sheet under review is compared with, how many lines are what, and how changes are marked."""
    previous = card.previous
    if previous is None:
        return _FIRST
    at = previous.approved_at
    day = "" if at is None else f"（{format_date(japan_day(at), DateStyle.SHORT)} 承認）"
    return f"前の援助方針{day}からの変更：{comparison.summary}　{_MARKS}"


def evidence_line(evidence: Evidence, source: EvidenceSource | None) -> str:
    """The quoted sentence and where it stands: 「薬が残っていた。」（No.12 R6.10.1 の記録）."""
    if source is None:
        return f"「{evidence.quote}」"
    number = f"No.{source.number} " if source.number is not None else ""
    day = format_date(source.event_on, DateStyle.SHORT)
    return f"「{evidence.quote}」（{number}{day} の記録）"


def about_line(issue: Issue, names: Names) -> str:
    """Whom the issue is about, and what: 試験 太郎　健康（日常生活自立）."""
    return (
        f"{whose(issue, names)}　{ISSUE_DOMAIN[issue.domain]}（{INDEPENDENCE[issue.independence]}）"
    )


class _Making:
    """One comparison while it is made."""

    def __init__(
        self,
        old: Policy | None,
        new: Policy,
        names: Names,
        sources: Mapping[UUID, EvidenceSource],
    ) -> None:
        self._old, self._new = old, new
        self._names, self._sources = names, sources
        self._is_one_policy = old is not None and old.policy_id == new.policy_id

    def household(self) -> LineDifference:
        old = () if self._old is None else tuple(_whole(self._old))
        parts = self._parts(old, tuple(_whole(self._new)))
        is_changed = any(part.is_changed and not part.is_quiet for part in parts)
        return LineDifference(
            issue_id=None,
            about="世帯",
            text="",
            change=LineChange.CHANGED if is_changed else LineChange.SAME,
            parts=parts,
        )

    def line(self, old: Issue | None, new: Issue | None) -> LineDifference:
        shown = new or old
        if shown is None:
            raise ValueError("a line stands on at least one side")
        parts = self._parts(tuple(self._words(old)), tuple(self._words(new)))
        return LineDifference(
            issue_id=shown.issue_id,
            about=about_line(shown, self._names),
            text=shown.text.replace("\n", " ") or "（課題の文なし）",
            change=self._change(old, new, parts),
            parts=parts,
        )

    def _change(
        self, old: Issue | None, new: Issue | None, parts: Sequence[PartLine]
    ) -> LineChange:
        was_ended = old is not None and old.standing is Standing.ENDED
        if new is None:
            if self._is_one_policy:
                return LineChange.GONE
            return LineChange.PAST if was_ended else LineChange.DROPPED
        if new.standing is Standing.ENDED and not was_ended:
            return LineChange.ENDED
        if old is None:
            return LineChange.NEW
        is_changed = any(part.is_changed for part in parts)
        return LineChange.CHANGED if is_changed else LineChange.SAME

    def _parts(self, old: tuple[Labelled, ...], new: tuple[Labelled, ...]) -> tuple[PartLine, ...]:
        if self._old is None:
            return tuple(_beside(part.key, part.label, "", part.text) for part in new)
        said = {part.key: part.text for part in old}
        says = {part.key: part.text for part in new}
        return tuple(
            _beside(part.key, part.label, said.get(part.key, ""), says.get(part.key, ""))
            if part.key in _TOLD and not self._is_one_policy
            else _compared(part, said.get(part.key, ""), says.get(part.key, ""))
            for part in compare(old, new)
        )

    def _words(self, issue: Issue | None) -> Iterator[Labelled]:
        if issue is None:
            return
        yield Labelled(key="about", label="だれの・何の課題", text=about_line(issue, self._names))
        goes_on = Standing.ENDED if issue.standing is Standing.ENDED else Standing.CONTINUED
        yield Labelled(key="standing", label="継続・終了", text=STANDING[goes_on])
        parts = {part.key: part for part in issue_parts(issue)}
        if "result" in parts:
            yield parts.pop("result")
        yield Labelled(key="text", label="課題", text=issue.text)
        if "fact" in parts:
            yield parts.pop("fact")
        quotes = [evidence_line(e, self._sources.get(e.entry_id)) for e in issue.evidence]
        text = "\n".join(quotes) or _NO_EVIDENCE
        yield Labelled(key="evidence", label="根拠（記録の文）", text=text)
        yield from parts.values()


def _whole(policy: Policy) -> Iterator[Labelled]:
    yield Labelled(key="kind", label="策定区分", text=POLICY_KIND[policy.kind])
    yield Labelled(key="made", label="策定日", text=format_date(policy.made_on))
    parts = {part.key: part for part in household_parts(policy)}
    if "evaluation" in parts:
        yield parts.pop("evaluation")
    yield from parts.values()


def _compared(part: PartDifference, old: str, new: str) -> PartLine:
    """Both sides with what differs; dates and codes as a whole."""
    pieces = part.pieces
    if part.key in _FACTS and part.is_changed:
        both = ((Change.REMOVED, old), (Change.ADDED, new))
        pieces = tuple(Piece(change=change, text=text) for change, text in both if text)
    return PartLine(
        key=part.key,
        label=part.label,
        old=old_side(pieces),
        new=new_side(pieces),
        pieces=_parted(pieces) if part.key in _FACTS else pieces,
        is_changed=part.is_changed,
    )


def _parted(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A space between what went and what came, where both are read in one line."""
    if len(pieces) < 2:  # noqa: PLR2004 - one that went and one that came
        return pieces
    return (pieces[0], replace(pieces[1], text=f" {pieces[1].text}"))


def _beside(key: str, label: str, old: str, new: str) -> PartLine:
    """Both sides as they stand, with no mark."""
    before, after = (Piece(change=Change.SAME, text=text) for text in (old, new))
    return PartLine(
        key=key, label=label, old=(before,), new=(after,), pieces=(after,), is_changed=False
    )
