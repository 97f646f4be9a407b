"""The 権限一覧表 (R-01) on paper: drawn in the slow lane, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UnavailableError
from desktop.reports.accounts.rights_list import RIGHTS_LIST
from desktop.reports.fonts import FontSet
from desktop.services.printing import RightsPrinting

_NOT_WRITTEN = (
    "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
)


@dataclass(frozen=True, slots=True)
class RightsPaper:
    """Draws the list as it stands now."""

    service: RightsPrinting
    fonts: Callable[[], FontSet]

    def save(self, path: Path) -> int:
        """Write the PDF and return its pages. Raises UnavailableError where the file cannot be written."""
        made = RIGHTS_LIST.pdf(self.service.prepare(), self.fonts())
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            target.write_bytes(made.data)
        except OSError as error:
            raise UnavailableError(_NOT_WRITTEN) from error
        return made.pages
