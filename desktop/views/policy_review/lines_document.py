"""Last year's policy as a text, line by line with what was decided of it and how the words changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QTextFrameFormat

from desktop.domain.policy_review import LINE_DECISION, LineDecision
from desktop.domain.support_policies import INDEPENDENCE, ISSUE_DOMAIN, Evidence, Issue, PolicyInput
from desktop.viewmodels.policy_review_lines import ReviewLine
from desktop.viewmodels.records_difference import PartDifference, compare
from desktop.viewmodels.records_text import Labelled
from desktop.viewmodels.support_policies import Names, issue_parts, whose
from desktop.views.policy_review.ports import ReviewTask
from desktop.views.records.entry_document import EntryWriter

_SMALL = 0.92
_LINE_GAP = 0.7
_PART_GAP = 0.15
_PADDING = 0.3
_UNDECIDED = "未決定"
_TONES = {
    None: "warning",
    LineDecision.CONTINUE: "good",
    LineDecision.CHANGE: "info",
    LineDecision.END: "muted",
    LineDecision.ADD: "info",
}
_NO_POLICY = (
    "前の援助方針の文章はこのシステムにありません。\n"
    "全体を編集（Ctrl+E）で書き始めるか、新しい課題（N）を足します。"
)


@dataclass(slots=True)
class LaidReview:
    """A document, and where each line begins in Qt's positions."""

    document: QTextDocument
    places: list[int] = field(default_factory=list)


def write_review(
    writer: EntryWriter,
    task: ReviewTask,
    given: PolicyInput,
    lines: Sequence[ReviewLine],
    current: int,
) -> LaidReview:
    """The policy with the line in question marked."""
    laid = LaidReview(writer.blank())
    page = _Page(writer, QTextCursor(laid.document))
    page.household(task, given)
    for place, line in enumerate(lines):
        laid.places.append(page.line(place, line, task.names, is_current=place == current))
    return laid


class _Page:
    """One document while it is written."""

    def __init__(self, writer: EntryWriter, cursor: QTextCursor) -> None:
        self._writer, self._cursor = writer, cursor
        self._is_first = True

    def household(self, task: ReviewTask, given: PolicyInput) -> None:
        before = task.previous.situation if task.previous else ""
        if task.previous is None and not given.issues:
            self._text(_NO_POLICY, self._writer.ink("muted"))
        old = [Labelled(key="situation", label="世帯の状況", text=before)] if before else []
        now = [Labelled(key="situation", label="世帯の状況", text=given.situation)]
        for part in compare(old or now, now):
            if part.has_text:
                self._part(part, indent=0.0)

    def line(self, place: int, line: ReviewLine, names: Names, *, is_current: bool) -> int:
        writer, issue = self._writer, line.issue
        if is_current:
            self._open_frame()
        is_ended = line.decision is LineDecision.END
        ink = writer.ink("muted" if is_ended else "text", bold=True)
        mark = "▶" if is_current else "　"
        words = issue.text.replace("\n", " ") or "（まだ書いていない課題）"
        self._text(f"{mark}{place + 1}　{words}", ink, above=_LINE_GAP)
        began = self._cursor.block().position()
        decision = line.decision
        badge = _UNDECIDED if decision is None else LINE_DECISION[decision]
        tone = _TONES[decision]
        self._cursor.insertText(f"　［{badge}］", writer.ink(tone, bold=True, size=_SMALL))
        about = f"{INDEPENDENCE[issue.independence]}・{ISSUE_DOMAIN[issue.domain]}・{whose(issue, names)}"
        self._text(about, writer.ink("muted", size=_SMALL), indent=1.0)
        for part in compare(_said(line.before or issue), _said(issue)):
            self._part(part, indent=1.0)
        for evidence in issue.evidence:
            is_new = line.before is not None and evidence not in line.before.evidence
            self._quote(evidence, is_new=is_new)
        self._results(line)
        if is_current:
            self._close_frame()
        return began

    def _results(self, line: ReviewLine) -> None:
        """What became of the line by the review before this one, and by this one."""
        writer = self._writer
        before = line.before.result if line.before else ""
        for label, text, tone in (
            ("前回の評価　", before, "muted"),
            ("今回の評価　", line.issue.result, "text"),
        ):
            if text:
                self._text(label, writer.ink("accent", bold=True, size=_SMALL), indent=1.0)
                self._cursor.insertText(text.replace("\n", "\u2028"), writer.ink(tone))

    def _open_frame(self) -> None:
        """The line in question lies on a ground of its own."""
        ground = QTextFrameFormat()
        ground.setBackground(QColor(self._writer.tokens.info_ground))
        ground.setPadding(self._writer.em() * _PADDING)
        self._cursor.insertFrame(ground)
        self._is_first = True

    def _close_frame(self) -> None:
        self._cursor = self._cursor.document().rootFrame().lastCursorPosition()
        self._is_first = True

    def _part(self, part: PartDifference, *, indent: float) -> None:
        writer = self._writer
        self._begin(above=_PART_GAP, indent=indent)
        self._cursor.insertText(f"{part.label}　", writer.ink("accent", bold=True, size=_SMALL))
        for piece in part.pieces:
            ink = writer.changed_ink(piece.change)
            self._cursor.insertText(piece.text.replace("\n", "\u2028"), ink)

    def _quote(self, evidence: Evidence, *, is_new: bool) -> None:
        writer = self._writer
        label = "根拠（新しく引いた文）" if is_new else "根拠"
        self._text(f"{label}　", writer.ink("muted", size=_SMALL), indent=1.0)
        self._cursor.insertText(f"「{evidence.quote}」", writer.ink("good" if is_new else "muted"))

    def _text(
        self, text: str, ink: QTextCharFormat, *, above: float = 0.0, indent: float = 0.0
    ) -> None:
        self._begin(above=above, indent=indent)
        self._cursor.insertText(text.replace("\n", "\u2028"), ink)

    def _begin(self, *, above: float = 0.0, indent: float = 0.0) -> None:
        block = self._writer.block(above=above, indent=indent)
        if self._is_first:
            self._cursor.setBlockFormat(block)
            self._is_first = False
        else:
            self._cursor.insertBlock(block, QTextCharFormat())


def _said(issue: Issue) -> tuple[Labelled, ...]:
    """What the line says, without what became of it."""
    return tuple(part for part in issue_parts(issue) if part.key != "result")
