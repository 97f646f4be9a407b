"""ショートメッセージのファイルを作る: days, what would be written, where to; only then it is noted and written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.errors import UserError
from desktop.domain.office import DistrictRow
from desktop.domain.short_messages import MessageFile
from desktop.jobs.runner import Lane
from desktop.views.dialogs import Dialogs
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.ports import MessageFiles

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_KINDS = "CSV (*.csv)"
_NOTHING_IS_SENT = "このソフトは何も送信しません。書き出しは、世帯ごとに印刷の記録に残ります。"


class MessageCommands:
    """Acts on the month that the panel shows."""

    def __init__(
        self,
        screen: ScreenView,
        panel: MonthPanel,
        messages: MessageFiles,
        *,
        today: Callable[[], date],
        dialogs: Dialogs,
    ) -> None:
        self._screen, self._panel, self._messages = screen, panel, messages
        self._today, self._dialogs = today, dialogs
        self._district_id: UUID | None = None
        panel.strips.messages.given.connect(self._look)

    def ask(self, district: DistrictRow, month: date) -> None:
        """Ask of which days; what is left of the month is proposed."""
        self._district_id = district.district_id
        form = self._panel.strips.messages
        self._panel.strips.show_form(form)
        form.ask(max(month, self._today()), months_later(month, 1))
        self._screen.run(lambda: self._messages.written(district.district_id), form.tell_written)

    def _look(self, first: date, until: date) -> None:
        district_id = self._district_id
        if district_id is not None:
            self._screen.messages.clear()
            self._screen.run(
                lambda: self._messages.prepare(district_id, first, until),
                self._confirm,
                self._refused,
                lane=Lane.SLOW,
            )

    def _confirm(self, file: MessageFile) -> None:
        """Say what would be written before anything is; the form stays until it is."""
        self._panel.strips.messages.begin(self._panel.strips.messages.heading.text())
        self._dialogs.confirm(
            self._screen,
            words_of(file),
            "保存先を選ぶ",
            lambda: self._dialogs.choose_new_file(
                *(self._screen, "ショートメッセージのファイル", file.name, _KINDS),
                lambda out: self._write(file, out),
            ),
        )

    def _write(self, file: MessageFile, out: Path) -> None:
        def written(_: object) -> None:
            self._screen.announced.emit(
                f"{file.count}件を書き出しました。送信はしていません。送る仕組みに渡したら、ファイルを消してください。"
            )
            self._panel.leave()

        self._screen.run(
            lambda: self._messages.write(file, out), written, self._refused, lane=Lane.SLOW
        )

    def _refused(self, error: UserError) -> None:
        rest = self._panel.strips.messages.show_refusal(error)
        if rest:
            self._screen.messages.show_error(rest)


def words_of(file: MessageFile) -> str:
    """What the person decides about: how many, who is left out, what the text would tell."""
    said = [f"予告する訪問{file.count}件を、{len(file.household_ids)}世帯分書き出します。"]
    if file.left_out.words:
        said.append(f"書き出さない訪問：{file.left_out.words}。")
    if file.telling_words:
        told = "」「".join(file.telling_words)
        said.append(
            f"▲ 本文か列に「{told}」が入っています。電話は本人以外も見ます。設定値を確かめてください。"
        )
    said.append(_NOTHING_IS_SENT)
    return "\n".join(said)
