"""The 廃棄簿 on paper: drawn in the slow lane, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.disposal import DisposalListRow
from desktop.domain.errors import UnavailableError
from desktop.reports.disposal.disposal_list import DISPOSAL_LIST
from desktop.reports.fonts import FontSet
from desktop.services.disposal import DisposalService


@dataclass(frozen=True, slots=True)
class DisposalPaper:
    """Draws a list as it stands now."""

    service: DisposalService
    fonts: Callable[[], FontSet]

    def save(self, row: DisposalListRow, path: Path) -> int:
        """Write the PDF and return its pages. Raises UnavailableError where the file cannot be written."""
        made = DISPOSAL_LIST.pdf(self.service.form(row), self.fonts())
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            target.write_bytes(made.data)
        except OSError as error:
            raise UnavailableError(
                "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
            ) from error
        return made.pages
