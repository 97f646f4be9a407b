"""Writing a reading pack to a chosen folder, and deleting its file when it is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QObject

from desktop.domain.carry_outs import CarryOutLine
from desktop.domain.clock import Clock
from desktop.domain.reading_packs import PACK_SUFFIX, PackInput, PackSheet
from desktop.viewmodels.reading_packs import sheet_of
from desktop.views.dialogs import Dialogs

if TYPE_CHECKING:
    from desktop.services.reading_packs.service import PackSource
    from desktop.views.carry_outs.carry_outs_screen import CarryOutsScreen

_SURE = (
    "閲覧パックのファイルを消し、返却を記録します。元に戻せません。"
    "消しても記憶装置に跡が残ることがあります。写しがないことも確かめてください。"
)


class Packs(Protocol):
    """The own reading packs (`services/reading_packs`)."""

    def write(
        self, given: PackInput, folder: Path, told: Callable[[PackSource], PackSheet]
    ) -> Path:
        """Write the file of an approved trip."""

    def destroy(self, carry_out_id: UUID, version: int, path: Path) -> int:
        """Delete the file of a trip that is out and record it."""


class PackActs(QObject):
    """Answers what the register's screen asks for about packs."""

    def __init__(
        self, screen: CarryOutsScreen, packs: Packs, clock: Clock, dialogs: Dialogs
    ) -> None:
        super().__init__(screen)
        self._screen, self._packs, self._clock, self._dialogs = screen, packs, clock, dialogs
        screen.acts.pack_requested.connect(self._write)
        screen.acts.destroy_requested.connect(self._ask_destroy)

    def _write(self, line: CarryOutLine, passphrase: str) -> None:
        given = PackInput(
            carry_out_id=line.carry_out_id, version=line.version, passphrase=passphrase
        )
        today = self._clock.today()

        def write(folder: Path) -> None:
            self._screen.do(
                lambda: self._packs.write(given, folder, lambda source: sheet_of(source, today))
            )

        self._dialogs.choose_folder(self._screen, "閲覧パックを置くフォルダー", write)

    def _ask_destroy(self, line: CarryOutLine) -> None:
        def chosen(path: Path) -> None:
            self._dialogs.confirm(
                self._screen, _SURE, "ファイルを消す", lambda: self._destroy(line, path)
            )

        self._dialogs.choose_file(
            self._screen, "消す閲覧パック", f"閲覧パック (*{PACK_SUFFIX})", chosen
        )

    def _destroy(self, line: CarryOutLine, path: Path) -> None:
        self._screen.do(lambda: self._packs.destroy(line.carry_out_id, line.version, path))
