"""Reports of ledgers from memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop.domain.errors import UserError
from desktop.domain.ledger import (
    AskCancelled,
    LedgerChange,
    LedgerChangeKind,
    LedgerProblem,
    LedgerReport,
    RecordsReport,
    ReportProgress,
)


def make_report(**changes: Any) -> LedgerReport:
    """A clean look at a ledger with something new in it."""
    fields: dict[str, Any] = {
        "applied": False,
        "imported_on": date(2024, 10, 1),
        "encoding": "CP932",
        "is_training": True,
        "rows": 4213,
        "households": 3000,
        "new_households": 12,
        "changed_households": 57,
        "vanished_households": 3,
        "new_rows": 15,
        "changed_rows": 61,
        "notice_total": 1,
        "notices": (LedgerProblem(line=0, column="備考", sentence="取り込まない列です。"),),
        "changes": (
            LedgerChange(kind=LedgerChangeKind.VANISHED, case_number="00988", line=0),
            LedgerChange(
                kind=LedgerChangeKind.CHANGED,
                case_number="00012",
                line=31,
                what=("住所", "訪問格付"),
            ),
            LedgerChange(kind=LedgerChangeKind.NEW, case_number="03001", line=4201),
        ),
    }
    return LedgerReport(**fields | changes)


def make_bad_report(count: int = 3) -> LedgerReport:
    """A look that found problems."""
    problems = tuple(
        LedgerProblem(line=number * 7, column="生年月日", sentence="昭和64年2月はありません。")
        for number in range(1, count + 1)
    )
    return make_report(problem_total=count, problems=problems)


class FakeImporter:
    """Answers with one report; remembers what was run."""

    def __init__(self, report: LedgerReport | None = None) -> None:
        self.report = report or make_report()
        self.records = RecordsReport(
            applied=False, encoding="UTF-8", is_training=True, rows=90, new=80, known=10
        )
        self.calls: list[str] = []
        self.refusal: UserError | None = None

    def preview(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> LedgerReport:
        """Look at a ledger."""
        self._called("preview", progress, cancelled)
        return self.report

    def run(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> LedgerReport:
        """Take it in."""
        self._called("run", progress, cancelled)
        return make_report(applied=True)

    def preview_records(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> RecordsReport:
        """Look at old records."""
        self._called("preview_records", progress, cancelled)
        return self.records

    def run_records(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> RecordsReport:
        """Take them in."""
        self._called("run_records", progress, cancelled)
        return self.records

    def _called(self, name: str, progress: ReportProgress, cancelled: AskCancelled) -> None:
        if cancelled():
            raise UserError("中止しました。データベースは何も変わっていません。")
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(name)
        progress(1, 2, "読込")
