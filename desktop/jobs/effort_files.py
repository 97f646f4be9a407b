"""Figures as files. Called in the slow lane: what leaves is noted before the file is where it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.kpis import Dashboard, Figure
from desktop.domain.list_exports import USUAL, ListExport
from desktop.services.printing import EffortPrinting

_CANNOT = "ファイルを保存できません。場所と、ほかのプログラムで開いていないかを確かめてください。"
_NOT_THERE = "書き出しは記録に残りましたが、ファイルを置けませんでした。場所を確かめて、もう一度保存してください。"


@dataclass(frozen=True, slots=True)
class EffortFiles:
    """CSV files of the signed-in person."""

    service: EffortPrinting

    def write_figures(self, board: Dashboard, out: Path) -> None:
        """The figures without anybody. Raises UserError where it cannot be written."""
        data = self.service.figures_file(board)
        _write(data, out, lambda: self.service.record_figures(data))

    def write_cases(
        self, figure: Figure, out: Path, *, with_names: bool, export: ListExport = USUAL
    ) -> None:
        """The list behind a figure in the columns of a choice, noted household by household. Raises UserError where it cannot be written."""
        data = self.service.cases_file(figure, with_names=with_names, export=export)
        _write(data, out, lambda: self.service.record_cases(figure, data))


def _write(data: bytes, out: Path, note: Callable[[], None]) -> None:
    """Note the file, then put it where it was asked for: none is there that the log does not know."""
    draft = out.with_name(f"{out.name}.part")
    try:
        draft.write_bytes(data)
    except (OSError, ValueError):
        draft.unlink(missing_ok=True)
        raise UserError(_CANNOT) from None
    try:
        note()
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    try:
        draft.replace(out)
    except OSError:
        draft.unlink(missing_ok=True)
        raise UserError(_NOT_THERE) from None
