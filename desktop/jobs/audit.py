"""The 監査日報 on paper: drawn in the slow lane, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.audit_day import AuditDay
from desktop.domain.errors import UnavailableError
from desktop.reports.audit.daily import DAILY_AUDIT
from desktop.reports.fonts import FontSet
from desktop.reports.rendered import RenderedPdf


@dataclass(frozen=True, slots=True)
class AuditPaper:
    """Draws a day (A-01)."""

    fonts: Callable[[], FontSet]

    def draw(self, day: AuditDay) -> RenderedPdf:
        """The PDF of a day."""
        return DAILY_AUDIT.pdf(day, self.fonts())

    def save(self, rendered: RenderedPdf, path: Path) -> int:
        """Write the PDF and return its pages. Raises UnavailableError where the file cannot be written."""
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            target.write_bytes(rendered.data)
        except OSError as error:
            raise UnavailableError(
                "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
            ) from error
        return rendered.pages
