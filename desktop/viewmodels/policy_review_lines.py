"""A policy under review: its lines, each of which wants a decision, and what is missing before it can be handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from desktop.domain.policy_review import LineDecision, decision_on
from desktop.domain.support_policies import Evidence, Issue, PolicyInput, Standing, SupportPolicy

_OPEN = "「{}」をどうするか決めてください。1 続ける　2 変える　3 達成・終了"
_NO_RESULT = "終了する「{}」に、どうなったか（評価）を書いてください。"
_NO_EVALUATION = "前回の援助方針の評価を書いてください。この1年で何がどう変わりましたか。"
_NO_WORDS = "課題の文が空の行があります。書くか、取り除いてください。"
_NO_ISSUES = "課題が一つもありません。課題を書いてから提出してください。"
_SHOWN = 18
NOTHING_NOTED: Mapping[UUID, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One line: as it is now, as it was a year ago, and what was decided of it."""

    issue: Issue
    before: Issue | None
    decision: LineDecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing: a sentence, and the line it is about; `place` None means the evaluation."""

    sentence: str = field(repr=False)
    place: int | None = None
    wants_result: bool = False


class PolicyReview:
    """What was decided so far. `is_changed`: something differs from what is stored.

    `noted`: the words with which an issue's evaluation began, by its id; they decide nothing by themselves.
    """

    def __init__(
        self,
        given: PolicyInput,
        previous: SupportPolicy | None,
        settled: Collection[UUID] = (),
        noted: Mapping[UUID, str] = NOTHING_NOTED,
    ) -> None:
        self._given = self._stored = given
        self._before: Mapping[UUID, Issue] = (
            {issue.issue_id: issue for issue in previous.issues} if previous else {}
        )
        self._settled = set(settled)
        self._noted = noted

    @property
    def given(self) -> PolicyInput:
        """The policy as decided so far."""
        return self._given

    @property
    def settled(self) -> frozenset[UUID]:
        """The lines that go on by a word alone: no stored version tells so."""
        return frozenset(self._settled)

    @property
    def is_changed(self) -> bool:
        """Whether words would be lost; that a line goes on as it is, is no word."""
        return self._given != self._stored

    @property
    def lines(self) -> tuple[ReviewLine, ...]:
        """Every line in its order."""
        return tuple(self._line(issue) for issue in self._given.issues)

    def line_at(self, place: int) -> ReviewLine | None:
        """The line of a place."""
        issues = self._given.issues
        return self._line(issues[place]) if 0 <= place < len(issues) else None

    def go_on(self, place: int) -> None:
        """The line goes on."""
        issue = self._given.issues[place]
        if issue.issue_id in self._before:
            self._settled.add(issue.issue_id)
            self.take(place, replace(issue, standing=Standing.CONTINUED))

    def end(self, place: int) -> None:
        """The line has ended."""
        issue = self._given.issues[place]
        if issue.issue_id in self._before:
            self.take(place, replace(issue, standing=Standing.ENDED))

    def restore(self, place: int) -> None:
        """The line as it was a year ago, undecided; a new line goes."""
        issue = self._given.issues[place]
        before = self._before.get(issue.issue_id)
        self._settled.discard(issue.issue_id)
        if before is None:
            issues = (*self._given.issues[:place], *self._given.issues[place + 1 :])
            self._given = replace(self._given, issues=issues)
        else:
            noted = self._noted.get(issue.issue_id, "")
            self.take(place, replace(before, standing=Standing.CONTINUED, result=noted))

    def take(self, place: int, issue: Issue) -> None:
        """Another wording of a line."""
        issues = [*self._given.issues]
        issues[place] = issue
        self._given = replace(self._given, issues=tuple(issues))

    def add(self, issue: Issue) -> int:
        """One more line at the end; answers its place."""
        self._given = replace(self._given, issues=(*self._given.issues, issue))
        return len(self._given.issues) - 1

    def replace(self, given: PolicyInput) -> None:
        """Another wording of the whole policy; the version that is stored stays known."""
        self._given = replace(given, shown_version=self._given.shown_version)

    def cite(self, place: int, evidence: Evidence) -> None:
        """One more sentence of the record is evidence of a line, and its fact where none is written."""
        issue = self._given.issues[place]
        fact = issue.fact or evidence.quote
        self.take(place, replace(issue, evidence=(*issue.evidence, evidence), fact=fact))

    def evaluate_line(self, place: int, text: str) -> None:
        """What became of a line."""
        issue = self._given.issues[place]
        if text != issue.result:
            self.take(place, replace(issue, result=text))

    def evaluate(self, text: str) -> None:
        """The evaluation of the policy before."""
        if text != self._given.evaluation:
            self._given = replace(self._given, evaluation=text)

    def was_stored(self, version: int, what: PolicyInput) -> None:
        """What was handed to the service is stored as this version."""
        self._given = replace(self._given, shown_version=version)
        self._stored = replace(what, shown_version=version)

    def next_open(self, after: int) -> int | None:
        """The next undecided line, around the end; None when all are decided."""
        undecided = [place for place, line in enumerate(self.lines) if line.decision is None]
        later = (place for place in undecided if place > after)
        return next(later, next(iter(undecided), None))

    def missing(self) -> Missing | None:
        """The first thing that is missing before the policy can be handed in."""
        if not self._given.issues:
            return Missing(sentence=_NO_ISSUES)
        for place, line in enumerate(self.lines):
            words = line.issue.text.strip().replace("\n", " ")
            if not words:
                return Missing(sentence=_NO_WORDS, place=place)
            if line.decision is None:
                return Missing(sentence=_OPEN.format(_short(words)), place=place)
            if line.decision is LineDecision.END and not line.issue.result.strip():
                return Missing(
                    sentence=_NO_RESULT.format(_short(words)), place=place, wants_result=True
                )
        if self._before and not self._given.evaluation.strip():
            return Missing(sentence=_NO_EVALUATION)
        return None

    def _line(self, issue: Issue) -> ReviewLine:
        before = self._before.get(issue.issue_id)
        decision = decision_on(
            issue,
            before,
            is_settled=issue.issue_id in self._settled,
            noted=self._noted.get(issue.issue_id, ""),
        )
        return ReviewLine(issue=issue, before=before, decision=decision)


def _short(words: str) -> str:
    return words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")
