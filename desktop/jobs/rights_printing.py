"""The 権限一覧表 (R-01) on paper: drawn in the slow lane, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.reports.accounts.rights_list import RIGHTS_LIST
from desktop.reports.fonts import FontSet
from desktop.services.printing import RightsPrinting
from desktop.services.workstation.pdf_files import save_pdf


@dataclass(frozen=True, slots=True)
class RightsPaper:
    """Draws the list as it stands now."""

    service: RightsPrinting
    fonts: Callable[[], FontSet]

    def save(self, path: Path) -> int:
        """Write the PDF and return its pages. Raises UnavailableError where the file cannot be written."""
        made = RIGHTS_LIST.pdf(self.service.prepare(), self.fonts())
        save_pdf(path, made.data)
        return made.pages
