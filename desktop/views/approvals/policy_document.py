"""A support policy as a laid-out text: line by line with what changed since the one before it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument

from desktop.domain.era import format_date
from desktop.domain.review import PolicyCard
from desktop.domain.support_policies import POLICY_KIND
from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.records_text import Badge
from desktop.viewmodels.support_policies_difference import (
    LINE_CHANGE,
    IssueDifference,
    PolicyDifference,
)
from desktop.views.records.entry_document import EntryWriter

_SMALL = 0.92
_EVIDENCE = "根拠（記録の文）"
_NO_EVIDENCE = "記録の文は引かれていません。"


def write_policy(
    writer: EntryWriter, card: PolicyCard, difference: PolicyDifference
) -> QTextDocument:
    """The policy as the supervisor reads it: evaluation and situation, then each issue with its evidence in place."""
    policy, document = card.policy, writer.blank()
    page = _Page(writer, QTextCursor(document))
    page.title(f"援助方針（{POLICY_KIND[policy.kind]}）　策定 {format_date(policy.made_on)}")
    for part in difference.parts:
        page.part(part)
    for number, issue in enumerate(difference.issues, start=1):
        page.issue(number, issue, is_marked=card.previous is not None)
    return document


class _Page:
    """One document while it is written."""

    def __init__(self, writer: EntryWriter, cursor: QTextCursor) -> None:
        self._writer, self._cursor = writer, cursor

    def title(self, text: str) -> None:
        self._cursor.setBlockFormat(self._writer.block())
        self._cursor.insertText(text, self._writer.ink(bold=True))

    def issue(self, number: int, issue: IssueDifference, *, is_marked: bool) -> None:
        self._begin(above=1.0)
        self._cursor.insertText(f"{number}．{issue.heading}", self._writer.ink(bold=True))
        if is_marked:
            self._badge(LINE_CHANGE[issue.change])
        for part in issue.parts:
            self.part(part)
            if part.key == "fact":
                self._evidence(issue)
        if not any(part.key == "fact" for part in issue.parts):
            self._evidence(issue)

    def part(self, part: PartDifference) -> None:
        self._label(part.label)
        self._begin(indent=1.0)
        for piece in part.pieces:
            text = piece.text.replace("\n", "\u2028")
            self._cursor.insertText(text, self._writer.changed_ink(piece.change))

    def _evidence(self, issue: IssueDifference) -> None:
        self._label(_EVIDENCE)
        for quote in issue.evidence:
            self._begin(indent=1.0)
            self._cursor.insertText(quote.replace("\n", "\u2028"), self._writer.ink())
        if not issue.evidence:
            self._begin(indent=1.0)
            self._cursor.insertText(_NO_EVIDENCE, self._writer.ink("muted", size=_SMALL))

    def _label(self, text: str) -> None:
        self._begin(above=0.25)
        self._cursor.insertText(text, self._writer.ink("accent", bold=True, size=_SMALL))

    def _badge(self, badge: Badge) -> None:
        ink = self._writer.ink(badge.tone, bold=True, size=_SMALL)
        ground = f"{badge.tone}_ground"
        if hasattr(self._writer.tokens, ground):
            ink.setBackground(QColor(getattr(self._writer.tokens, ground)))
        self._cursor.insertText("　", self._writer.ink())
        self._cursor.insertText(f"［{badge.text}］", ink)

    def _begin(self, *, above: float = 0.0, indent: float = 0.0) -> None:
        self._cursor.insertBlock(self._writer.block(above=above, indent=indent), QTextCharFormat())
