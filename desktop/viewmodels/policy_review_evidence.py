"""What the year's records say: promises, findings, results, each with its sentence and how near it is to a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.kana import fold
from desktop.domain.labels import SEGMENT
from desktop.domain.policy_duties import Outcome
from desktop.domain.policy_review import ReviewCase
from desktop.domain.records import ContactMethod, Entry, Promise, SegmentKind
from desktop.domain.support_policies import Evidence, Issue
from desktop.viewmodels.columns import Column
from desktop.viewmodels.records_text import promise_text
from desktop.viewmodels.support_policies_evidence import sentences_of
from desktop.viewmodels.support_policies_form import wants_evidence

#: What a review asks first: the worker's own findings, what was agreed, decided and advised; then the facts.
_FIRST = (SegmentKind.VIEW, SegmentKind.AGREED, SegmentKind.DECIDED, SegmentKind.ADVICE)
#: Words that say what a line is about: kanji or katakana in a row.
_TERM = re.compile(r"[一-鿿々]{2,}|[ァ-ヴー]{3,}")
#: Words of every policy: they tell nothing of a line.
_COMMON = frozenset(
    {"本人", "世帯", "課題", "担当", "記録", "訪問", "生活", "確認", "状況", "支援"}
)


class Mark(Enum):
    """What a piece of evidence is, as its word in the list."""

    KEPT = "約束・済み"
    MISSED = "約束・未了"
    PENDING = "約束"
    RESULT = "訪問の結果"
    VIEW = SEGMENT[SegmentKind.VIEW]
    AGREED = SEGMENT[SegmentKind.AGREED]
    DECIDED = SEGMENT[SegmentKind.DECIDED]
    ADVICE = SEGMENT[SegmentKind.ADVICE]
    SAID = "記録"
    DONE = "取組・済み"
    PARTLY = "取組・一部済み"
    NOT_DONE = "取組・できなかった"
    NO_REVIEW = "見直し不要"


_TONES = {
    Mark.KEPT: "good",
    Mark.MISSED: "error",
    Mark.DONE: "good",
    Mark.NOT_DONE: "error",
}
_OUTCOMES = {Outcome.DONE: Mark.DONE, Outcome.PARTLY: Mark.PARTLY, Outcome.NOT_DONE: Mark.NOT_DONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """One piece of the year: the entry it stands in, and the sentence to quote where it is one of the record.

    What was noted of the policy itself stands in no entry; `about` names the issue whose action or goal it is.
    """

    entry_id: UUID | None
    event_on: date
    mark: Mark
    words: str = field(repr=False)
    evidence: Evidence | None = None
    is_near: bool = False
    about: UUID | None = None


def year_lines(entries: Iterable[Entry], today: date) -> tuple[YearLine, ...]:
    """Everything the records say, newest first; within an entry what a review asks first."""
    found: list[YearLine] = []
    for entry in sorted(entries, key=lambda e: (e.event_on, e.recorded_at, e.entry_id))[::-1]:
        found += _of_entry(entry, today)
    return tuple(found)


def year_of(case: ReviewCase, today: date) -> tuple[YearLine, ...]:
    """What the records say and what was noted of the policy itself, newest first; of one day the noted first."""
    noted = (*_results(case), *_no_reviews(case))
    lines = (*noted, *year_lines(case.entries, today))
    return tuple(sorted(lines, key=lambda line: line.event_on, reverse=True))


def near_to(lines: Sequence[YearLine], issue: Issue | None) -> tuple[YearLine, ...]:
    """The lines that name what the issue is about first, marked as such; what it quotes already is nothing new."""
    terms = terms_of(issue) if issue else frozenset()
    quoted = issue.evidence if issue else ()
    own = issue.issue_id if issue else None
    marked = [_marked(line, terms, quoted, own) for line in lines]
    return tuple(sorted(marked, key=lambda line: not line.is_near))


def terms_of(issue: Issue) -> frozenset[str]:
    """The words that say what an issue is about, from the issue itself, its goals and its actions."""
    said = [issue.text, issue.fact, issue.cause]
    said += [goal.text for goal in issue.goals]
    said += [action.what for action in issue.actions]
    return frozenset(fold(word) for word in _TERM.findall("\n".join(said))) - _COMMON


def year_columns() -> tuple[Column[YearLine], ...]:
    """The day, and the words behind what they are; ● stands before what is near to the issue."""
    return (
        Column(header="日付", text=lambda line: format_date(line.event_on, DateStyle.SHORT)),
        Column(
            header="記録の文",
            text=line_text,
            tooltip=line_text,
            tone=lambda line: _TONES.get(line.mark),
        ),
    )


def line_text(line: YearLine) -> str:
    """●所見：一人での通院がむずかしい: how a piece stands in the list."""
    near = "●" if line.is_near else ""
    mark = "" if line.mark is Mark.SAID else f"{line.mark.value}："
    return f"{near}{mark}{line.words}"


def year_summary(entries: Sequence[Entry], since: date | None, today: date) -> str:
    """R5.10.2から　記録 14件・訪問 5回（うち 不在 1回）・約束 守られた 2・未了 1."""
    here = [entry for entry in entries if since is None or entry.event_on >= since]
    visits = [entry for entry in here if entry.method is ContactMethod.VISIT]
    unmet = sum(not entry.met for entry in visits)
    promises = [_promise_mark(promise, today) for entry in entries for promise in entry.promises]
    kept, missed = (promises.count(mark) for mark in (Mark.KEPT, Mark.MISSED))
    start = f"{format_date(since, DateStyle.SHORT)}から　" if since else ""
    without = f"（会えず {unmet}回）" if unmet else ""
    said = f"{start}記録 {len(here)}件・訪問 {len(visits)}回{without}"
    return said + (f"・約束 守られた {kept}、未了 {missed}" if kept or missed else "")


def noted_text(line: YearLine) -> str:
    """R6.5.10　取組・済み：…: a piece that stands in no entry, whole."""
    return f"{format_date(line.event_on)}\n{line.mark.value}：{line.words}"


def _results(case: ReviewCase) -> Iterator[YearLine]:
    """What became of the policy's actions and goals, each with the words of its line."""
    for issue in case.previous.issues if case.previous else ():
        lines = [(a.action_id, a.what) for a in issue.actions]
        lines += [(g.goal_id, g.text) for g in issue.goals]
        for line_id, words in lines:
            for result in case.results.get(line_id, ()):
                yield YearLine(
                    entry_id=None,
                    event_on=result.happened_on,
                    mark=_OUTCOMES[result.outcome],
                    words=f"「{words}」{result.text}（{result.by}）",
                    about=issue.issue_id,
                )


def _no_reviews(case: ReviewCase) -> Iterator[YearLine]:
    for answer in case.answers.no_reviews if case.answers else ():
        yield YearLine(
            entry_id=None,
            event_on=answer.happened_on,
            mark=Mark.NO_REVIEW,
            words=f"{answer.event}　理由：{answer.reason}（{answer.by}）",
        )


def _of_entry(entry: Entry, today: date) -> Iterator[YearLine]:
    for promise in entry.promises:
        yield _line(entry, _promise_mark(promise, today), promise_text(promise))
    if entry.method is ContactMethod.VISIT and entry.result_label:
        yield _line(entry, Mark.RESULT, entry.result_label)
    sentences = list(sentences_of((entry,)))
    for kind in _FIRST:
        ours = [s for s in sentences if s.label == SEGMENT[kind]]
        yield from (_line(entry, Mark(SEGMENT[kind]), s.quote, s.evidence) for s in ours)
    first = {SEGMENT[kind] for kind in _FIRST}
    rest = (s for s in sentences if s.label not in first)
    yield from (_line(entry, Mark.SAID, s.quote, s.evidence) for s in rest)


def _line(entry: Entry, mark: Mark, words: str, evidence: Evidence | None = None) -> YearLine:
    return YearLine(
        entry_id=entry.entry_id, event_on=entry.event_on, mark=mark, words=words, evidence=evidence
    )


def _promise_mark(promise: Promise, today: date) -> Mark:
    if promise.kept_on is not None:
        return Mark.KEPT
    return Mark.MISSED if promise.due_on is not None and promise.due_on < today else Mark.PENDING


def _marked(
    line: YearLine, terms: frozenset[str], quoted: Sequence[Evidence], own: UUID | None
) -> YearLine:
    words = fold(line.words)
    is_new = line.evidence is None or wants_evidence(quoted, line.evidence)
    is_own = line.about is not None and line.about == own
    is_near = is_own or (is_new and any(term in words for term in terms))
    return replace(line, is_near=is_near) if is_near else line
