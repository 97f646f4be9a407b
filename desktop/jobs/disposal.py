"""The 廃棄簿 on paper: drawn in the slow lane, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.disposal import DisposalForm, DisposalListRow
from desktop.domain.errors import UnavailableError
from desktop.reports.disposal.disposal_list import disposal_list_pdf
from desktop.reports.fonts import FontSet


@dataclass(frozen=True, slots=True)
class DisposalPaper:
    """Draws a list as it stands now."""

    fonts: Callable[[], FontSet]
    office_name: str
    now: Callable[[], datetime]

    def save(self, row: DisposalListRow, path: Path) -> int:
        """Write the PDF and return its pages. Raises UnavailableError where the file cannot be written."""
        form = DisposalForm(office_name=self.office_name, row=row, printed_at=self.now())
        made = disposal_list_pdf(form, self.fonts())
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            target.write_bytes(made.data)
        except OSError as error:
            raise UnavailableError(
                "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
            ) from error
        return made.pages
