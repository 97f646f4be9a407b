"""Writes the file of short messages for the office's gateway. Called in the slow lane; nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.short_messages import MessageFile, MessageWriting
from desktop.services.printing import ShortMessages

_CANNOT = "ファイルを保存できません。場所と、ほかのプログラムで開いていないかを確かめてください。"
_NOT_THERE = "書き出しは記録に残りましたが、ファイルを置けませんでした。場所を確かめて、もう一度作ってください。"


@dataclass(frozen=True, slots=True)
class ShortMessageFiles:
    """Files of short messages of the signed-in person."""

    service: ShortMessages

    def is_offered(self) -> bool:
        """Whether the office has a gateway; asked for whoever may print."""
        return self.service.is_offered()

    def prepare(self, district_id: UUID, first: date, until: date) -> MessageFile:
        """The file about the announced visits from a day to before another."""
        return self.service.prepare(district_id, first, until)

    def written(self, district_id: UUID) -> tuple[MessageWriting, ...]:
        """The last files about households of a district."""
        return self.service.written(district_id)

    def write(self, file: MessageFile, out: Path) -> None:
        """Note the file, then put it where it was asked for: none is there that the log does not know.

        Raises UserError where it cannot be written.
        """
        draft = out.with_name(f"{out.name}.part")
        try:
            draft.write_bytes(file.data)
        except (OSError, ValueError):
            draft.unlink(missing_ok=True)
            raise UserError(_CANNOT) from None
        try:
            self.service.record(file)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        try:
            draft.replace(out)
        except OSError:
            draft.unlink(missing_ok=True)
            raise UserError(_NOT_THERE) from None
