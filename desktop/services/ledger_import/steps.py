"""Progress and cancelling of one import."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import UserError
from desktop.domain.ledger import AskCancelled, ReportProgress

#: Share of the whole that reading takes; the rest is comparing and storing.
_READING = 60
_WHOLE = 100


@dataclass(slots=True)
class Steps:
    """Reports in hundredths: reading by lines, then one step per statement."""

    progress: ReportProgress
    cancelled: AskCancelled
    lines: int = 1
    done: int = 0
    statements: int = 1

    def ask(self) -> None:
        """Raise UserError when somebody asked to stop."""
        if self.cancelled():
            raise UserError("取込を中止しました。データベースは変わっていません。")

    def at_line(self, line: int) -> None:
        """Say how far the file is read."""
        self.ask()
        share = min(line, self.lines) * _READING // max(self.lines, 1)
        self.progress(share, _WHOLE, "読み込んでいます")

    def start(self, statements: int, what: str) -> None:
        """Begin with the statements that compare or store."""
        self.statements = statements
        self.done = 0
        self.progress(_READING, _WHOLE, what)

    def next(self, what: str) -> None:
        """One statement more is done."""
        self.ask()
        self.done = min(self.done + 1, self.statements)
        rest = _WHOLE - _READING
        self.progress(_READING + self.done * rest // self.statements, _WHOLE, what)
