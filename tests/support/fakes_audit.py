"""The audit trail from memory. All people are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desktop.domain.audit import Access
from desktop.domain.audit_day import AuditDay
from desktop.domain.errors import UserError
from desktop.domain.seals import Fault, Seal, SealFault, Verification
from desktop.reports.rendered import RenderedPdf
from tests.reports.samples import make_audit_day

STOPPED = "検証を中止しました。"
MISSING = SealFault(
    fault=Fault.MISSING, seal=3, seq=77, sentence="監査記録 77番が消されています（封印 3番）。"
)


class FakeReports:
    """The sample's day for every day; `faults` are what a verification finds."""

    def __init__(self, *, is_kept: bool = True) -> None:
        self.is_kept = is_kept
        self.faults: tuple[SealFault, ...] = ()
        self.asked: list[date] = []
        self.compared: list[int] = []
        self.quiet = False
        self.households: list[tuple[str, date | None, date | None]] = []
        self.found: tuple[Access, ...] = ()
        self.refusal: UserError | None = None

    def day(self, day: date) -> AuditDay:
        self.asked.append(day)
        none = dict.fromkeys(("changes", "refused", "shields", "unusual", "gaps"), ())
        return make_audit_day(day=day, **none if self.quiet else {})

    def accesses(
        self, case_number: str, since: date | None = None, until: date | None = None
    ) -> tuple[Access, ...]:
        self.households.append((case_number, since, until))
        if self.refusal is not None:
            raise self.refusal
        return self.found

    def kept_list(self, path: Path) -> Sequence[Seal]:
        if path.suffix != ".jsonl":
            raise UserError("封印の控えを読めません。")
        last = make_audit_day().last
        return (last,) if last else ()

    def verify(
        self,
        exported: Sequence[Seal] = (),
        report: Callable[[int, int, str], object] = lambda *_: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Verification:
        report(1, 2, "1／2件")
        if cancelled():
            raise UserError(STOPPED)
        self.compared.append(len(exported))
        return Verification(
            events=12345,
            seals=1440,
            unsealed=3,
            disposed=0,
            last=make_audit_day().last,
            restores=(),
            faults=self.faults,
        )


class FakeDayPaper:
    """Draws nothing and remembers where it was saved."""

    def __init__(self, rendered: RenderedPdf) -> None:
        self.rendered = rendered
        self.saved: list[Path] = []

    def draw(self, day: AuditDay) -> RenderedPdf:
        return self.rendered

    def save(self, rendered: RenderedPdf, path: Path) -> int:
        self.saved.append(path)
        return rendered.pages
