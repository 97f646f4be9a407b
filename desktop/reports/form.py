"""A form of the office (帳票): one declaration says its code, its paper and which blocks stand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from desktop.domain.errors import UserError
from desktop.domain.imprint import Imprint
from desktop.reports.fonts import FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.paper_size import A4, PaperSize
from desktop.reports.pdf_file import PdfFile
from desktop.reports.rendered import RenderedPdf
from desktop.reports.setter import Block, Setter
from desktop.reports.text_encoder import TextEncoder

_STOPPED = "印刷を中止しました。作成途中のPDFは破棄しました。"
_NOTHING = "印刷するものがありません。"


class Printed(Protocol):
    """What goes onto a form: a frozen dataclass with an imprint."""

    @property
    def imprint(self) -> Imprint:
        """Whose it is, which kind of print, when and by whom."""


Data = TypeVar("Data", bound=Printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKind(Generic[Data]):
    """One official form. `lay_out` gives the blocks of one piece from top to bottom.

    `subject` names a piece among others of its kind, in footers, bookmarks and lists: a case number, never a name.
    """

    code: str
    title: str
    edition: str
    lay_out: Callable[[Data], Iterable[Block]]
    subject: Callable[[Data], str]
    paper: PaperSize = A4

    def pdf(self, data: Data, fonts: FontSet) -> RenderedPdf:
        """Print one piece. The same data gives the same bytes."""
        return self.batch_pdf([data], fonts)

    def batch_pdf(
        self,
        pieces: Iterable[Data],
        fonts: FontSet,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RenderedPdf:
        """Print many pieces into one PDF, each on sheets and page numbers of its own, bookmarked by subject.

        `progress` hears how many are done. Raises UserError when there is nothing to print or `cancelled` answers
        true; no half PDF is returned.
        """
        encoder, log = TextEncoder(fonts), MissingLog(fonts)
        file: PdfFile | None = None
        unread: dict[str, None] = {}
        for done, piece in enumerate(pieces, start=1):
            if cancelled is not None and cancelled():
                raise UserError(_STOPPED)
            imprint = piece.imprint
            file = file or PdfFile(encoder, self.title, imprint.office_name, imprint.printed_at)
            setter = self._set(piece, encoder, log)
            if setter.subject:
                file.add_bookmark(setter.subject)
            for sheet in setter.sheets:
                file.add_sheet(sheet)
            unread |= setter.unread
            if progress is not None:
                progress(done)
        if file is None:
            raise UserError(_NOTHING)
        return RenderedPdf(
            data=file.finish(), pages=file.pages, missing=log.result(), unread=tuple(unread)
        )

    def _set(self, piece: Data, encoder: TextEncoder, log: MissingLog) -> Setter:
        setter = Setter(
            encoder,
            log,
            self.paper,
            piece.imprint,
            code=self.code,
            title=self.title,
            edition=self.edition,
            subject=self.subject(piece),
        )
        setter.set(self.lay_out(piece))
        return setter
