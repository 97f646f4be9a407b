"""Looking at a ledger and taking in exactly what was looked at. Called in the slow lane."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from desktop.domain.errors import UserError
from desktop.domain.ledger import AskCancelled, LedgerReport, RecordsReport, ReportProgress

_CHUNK = 1 << 20
_CHANGED = "確かめた後でファイルか対応表が変わっています。もう一度内容を確かめてください。何も取り込んでいません。"
_STOPPED = "中止しました。データベースは何も変わっていません。"
_UNREADABLE = (
    "ファイルを開けません。場所と名前、ほかのプログラムで開いていないかを確かめてください。"
)
Report = TypeVar("Report", LedgerReport, RecordsReport)


class Importer(Protocol):
    """The import's use cases."""

    def preview(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> LedgerReport:
        """Look at a ledger."""

    def run(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> LedgerReport:
        """Take a ledger in."""

    def preview_records(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> RecordsReport:
        """Look at old records."""

    def run_records(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> RecordsReport:
        """Take old records in."""


# No slots: on Python 3.11 a frozen generic with slots cannot be made as Looked[Report](...).
@dataclass(frozen=True, kw_only=True)
class Looked(Generic[Report]):
    """A report together with exactly what it is about: the digests of file and mapping."""

    path: Path = field(repr=False)
    mapping: Path = field(repr=False)
    is_records: bool
    digest: str
    report: Report


@dataclass(frozen=True, slots=True)
class LedgerJob:
    """One file at a time: look, then take in what was looked at, or nothing."""

    service: Importer

    def look(
        self,
        path: Path,
        mapping: Path,
        *,
        is_records: bool,
        progress: ReportProgress,
        cancelled: AskCancelled,
    ) -> Looked[LedgerReport] | Looked[RecordsReport]:
        """Say what the file would change. UserError when it is no such file, or when stopped."""
        digest = _digest(path, mapping, cancelled)
        if is_records:
            records = self.service.preview_records(path, mapping, progress, cancelled)
            return Looked(
                path=path, mapping=mapping, is_records=True, digest=digest, report=records
            )
        ledger = self.service.preview(path, mapping, progress, cancelled)
        return Looked(path=path, mapping=mapping, is_records=False, digest=digest, report=ledger)

    def take_in(
        self,
        looked: Looked[LedgerReport] | Looked[RecordsReport],
        progress: ReportProgress,
        cancelled: AskCancelled,
    ) -> LedgerReport | RecordsReport:
        """Take in the very file that was looked at. UserError when it is another one by now."""
        if _digest(looked.path, looked.mapping, cancelled) != looked.digest:
            raise UserError(_CHANGED)
        act = self.service.run_records if looked.is_records else self.service.run
        return act(looked.path, looked.mapping, progress, cancelled)


def _digest(path: Path, mapping: Path, cancelled: AskCancelled) -> str:
    digest = hashlib.sha256()
    try:
        for place in (path, mapping):
            with place.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if cancelled():
                        raise UserError(_STOPPED)
                    digest.update(chunk)
            digest.update(b"|")
    except OSError as error:
        raise UserError(_UNREADABLE) from error
    return digest.hexdigest()
