"""Progress and cancelling of one import."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import UserError
from desktop.domain.ledger import AskCancelled, ReportProgress

#: Where reading ends and storing begins, of a hundred.
_READ, _COMPARED, _WHOLE = 50, 60, 100


@dataclass(slots=True)
class Steps:
    """Reports in hundredths: reading by lines, then comparing and storing by statements."""

    progress: ReportProgress
    cancelled: AskCancelled
    lines: int = 1
    _done: int = 0
    _statements: int = 1
    _from: int = 0
    _to: int = _WHOLE

    def ask(self) -> None:
        """Raise UserError when somebody asked to stop."""
        if self.cancelled():
            raise UserError("取込を中止しました。データベースは変わっていません。")

    def at_line(self, line: int) -> None:
        """Say how far the file is read."""
        self.ask()
        share = min(line, self.lines) * _READ // max(self.lines, 1)
        self.progress(share, _WHOLE, "読み込んでいます")

    def compare(self, statements: int) -> None:
        """Begin with the statements that compare."""
        self._start(statements, _READ, _COMPARED)

    def store(self, statements: int) -> None:
        """Begin with the statements that store."""
        self._start(statements, _COMPARED, _WHOLE)

    def next(self, what: str) -> None:
        """One statement more is done."""
        self.ask()
        self._done = min(self._done + 1, self._statements)
        width = self._to - self._from
        self.progress(self._from + self._done * width // self._statements, _WHOLE, what)

    def _start(self, statements: int, begin: int, end: int) -> None:
        self._statements, self._from, self._to, self._done = statements, begin, end, 0
