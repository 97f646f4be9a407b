"""A support policy as a laid-out text to read, its evidence as links."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.domain.support_policies import Evidence
from desktop.viewmodels.records_text import Labelled
from desktop.viewmodels.support_policies import IssueText, PolicyText
from desktop.viewmodels.support_policies_answers import AnswerGroup
from desktop.views.records.entry_document import EntryWriter

#: Scheme of the links; what follows is the entry's id.
LINK = "entry:"
_GROUP_GAP = 0.8
_ISSUE_GAP = 0.6
_PART_GAP = 0.2
_SMALL = 0.92


def write_policy(writer: EntryWriter, text: PolicyText) -> QTextDocument:
    """A document of the whole policy."""
    document = writer.blank()
    page = _Page(writer, QTextCursor(document))
    page.line(text.title, writer.ink(bold=True))
    for sentence in text.standing:
        page.line(sentence, writer.ink("muted", size=_SMALL))
    for part in text.parts:
        page.part(part, indent=0.0)
    for label, issues in text.groups:
        page.line(f"■ {label}", writer.ink("accent", bold=True), above=_GROUP_GAP)
        for issue in issues:
            page.issue(issue)
    for group in text.answers:
        page.answers(group)
    for sentence in text.after:
        page.line(sentence, writer.ink("muted", size=_SMALL), above=_ISSUE_GAP)
    return document


class _Page:
    """One document while it is written."""

    def __init__(self, writer: EntryWriter, cursor: QTextCursor) -> None:
        self._writer = writer
        self._cursor = cursor
        self._is_first = True

    def line(
        self, text: str, ink: QTextCharFormat, *, above: float = 0.0, indent: float = 0.0
    ) -> None:
        self._begin(self._writer.block(above=above, indent=indent))
        self._cursor.insertText(text.replace("\n", "\u2028"), ink)

    def part(self, part: Labelled, *, indent: float) -> None:
        writer = self._writer
        label = writer.ink("accent", bold=True, size=_SMALL)
        self.line(part.label, label, above=_PART_GAP, indent=indent)
        self.line(part.text, writer.ink(), indent=indent + 1)

    def issue(self, issue: IssueText) -> None:
        writer = self._writer
        heading = writer.ink("muted" if issue.is_ended else "text", bold=True)
        self.line(issue.heading, heading, above=_ISSUE_GAP, indent=1)
        mark = writer.ink("warning" if issue.is_ended else "muted", bold=True, size=_SMALL)
        self._cursor.insertText(f"　［{issue.standing}］", mark)
        for part in issue.parts:
            self.part(part, indent=1)
            if part.key == "fact":
                self._evidence(issue.evidence)
        if not any(part.key == "fact" for part in issue.parts):
            self._evidence(issue.evidence)

    def answers(self, group: AnswerGroup) -> None:
        writer = self._writer
        self.line(f"■ {group.heading}", writer.ink("accent", bold=True), above=_GROUP_GAP)
        for line, words in group.answers:
            self.line(line, writer.ink(), above=_PART_GAP, indent=1)
            if words:
                self.line(words, writer.ink(), indent=2)
        if group.note:
            self.line(group.note, writer.ink("muted", size=_SMALL), above=_PART_GAP, indent=1)

    def _evidence(self, evidence: tuple[Evidence, ...]) -> None:
        writer = self._writer
        for quoted in evidence:
            self.line("根拠 ", writer.ink("muted", size=_SMALL), indent=2)
            link = writer.ink("accent")
            link.setAnchor(True)
            link.setAnchorHref(f"{LINK}{quoted.entry_id}")
            link.setFontUnderline(True)
            self._cursor.insertText(f"「{quoted.quote}」", link)
            self._cursor.insertText("（記録へ）", writer.ink("muted", size=_SMALL))

    def _begin(self, block: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(block)
            self._is_first = False
        else:
            self._cursor.insertBlock(block, QTextCharFormat())
