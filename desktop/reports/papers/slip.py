"""受付票・受領証 (U-01): the slip that stays with a paper, and the receipt for whoever brought it.

Each is half a sheet of A4. The receipt names no household and no kind of help: it may lie on a kitchen table.
"""

from __future__ import annotations

from datetime import datetime

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import FormMark
from desktop.domain.paper_slips import PaperSlip, SlipForm, SlipPart
from desktop.domain.papers import PAPER_STATE, PaperState
from desktop.reports.bar_code import code_width, draw_code
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import A4_HEIGHT, A4_WIDTH, Align, Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import LABEL, LEFT, RIGHT, SHADE, SMALL, VALUE, WIDTH
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "U-01"
FORM_TITLE = "受付票・受領証"
FORM_EDITION = "第1版"

_HALF = A4_HEIGHT / 2
_TITLE = Style(FontRole.BOLD, 18)
_NUMBER = Style(FontRole.BOLD, 30)
_DIGITS = Style(FontRole.GOTHIC, 10)
_LARGE = Style(FontRole.MINCHO, 12)
_MARK = Style(FontRole.BOLD, 11)
_ROW = 9.0
_LABEL_WIDTH = 40.0
_CODE_HEIGHT = 16.0
_BOX = 22.0
_REPRINT = "再発行"
_TRAINING = "研修用"
_THANKS = "下記の書類を受け取りました。"
_ASK = "この書類についてのお問い合わせは、上の受領番号をお知らせください。この受領証は大切に保管してください。"
_KEEP = "書類の一枚目に付けてください。受領番号の符号を「受領書類」の画面で読み取ると、この書類が選ばれます。"
_CUT = "切り取り線"


def slip_pdf(form: SlipForm, fonts: FontSet) -> RenderedPdf:
    """Print slips and receipts. The same papers at the same instant give the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for slip in form.slips:
        log.check(f"{FORM_CODE} {slip.label} 受領者・担当", slip.received_by + slip.owner)
        for sheet in _sheets(encoder, form, slip):
            file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


def _sheets(encoder: TextEncoder, form: SlipForm, slip: PaperSlip) -> list[Sheet]:
    """The receipt above, the slip beneath; or a sheet each."""
    parts = [
        part for part in (SlipPart.RECEIPT, SlipPart.SLIP) if form.part in (part, SlipPart.BOTH)
    ]
    first = Sheet(encoder)
    sheets = [first]
    for number, part in enumerate(parts):
        top = _HALF * number if form.on_one_sheet else 0.0
        if number and not form.on_one_sheet:
            sheets.append(Sheet(encoder))
        half = _Half(sheets[-1], top, form)
        (half.receipt if part is SlipPart.RECEIPT else half.slip)(slip)
    for sheet in sheets:
        sheet.dotted(0, _HALF, A4_WIDTH, _HALF)
        sheet.aligned(0, _HALF - 1.2, A4_WIDTH - 6, _CUT, SMALL, Align.RIGHT)
    return sheets


class _Half:
    """One half of a sheet, from `top` (millimetres) downwards."""

    def __init__(self, sheet: Sheet, top: float, form: SlipForm) -> None:
        self._sheet = sheet
        self._form = form
        self._top = top
        self._y = top

    def receipt(self, slip: PaperSlip) -> None:
        """What the person takes home."""
        self._head("受領証", slip)
        self._sheet.rule(LEFT, self._y + 4, LEFT + 78, self._y + 4)
        self._sheet.text(LEFT + 79, self._y + 3, "様", _LARGE)
        self._sheet.text(LEFT, self._y + 14, _THANKS, VALUE)
        self._y += 18
        self._rows(
            ("書類の種類", slip.kind_label),
            ("枚数", f"{slip.sheets:,}枚"),
            ("受け取った日", _day(slip.received_at)),
            ("受け取った者", f"{self._form.office_name}　{slip.received_by}"),
        )
        self._sheet.text(LEFT, self._y + 7, _ASK, SMALL)
        self._foot("受領証")

    def slip(self, slip: PaperSlip) -> None:
        """What stays with the paper."""
        self._head("受付票", slip)
        self._rows(
            ("書類の種類・枚数", f"{slip.kind_label}　{slip.sheets:,}枚"),
            ("ケース番号", slip.case_number),
            ("受領日・受領者", f"{_day(slip.received_at)}　{slip.received_by}"),
            ("担当", slip.owner or "未定"),
        )
        self._way()
        self._sheet.text(LEFT, self._y + 5, _KEEP, SMALL)
        self._foot("受付票")

    def _head(self, title: str, slip: PaperSlip) -> None:
        sheet, top = self._sheet, self._top
        sheet.text(LEFT, top + 20, "　".join(title), _TITLE)
        sheet.text(LEFT, top + 32, "受領番号", LABEL)
        sheet.text(LEFT + 18, top + 34, slip.label, _NUMBER)
        self._marks(LEFT + 52)
        left = RIGHT - code_width(slip.code)
        draw_code(sheet, left, top + 13, _CODE_HEIGHT, slip.code)
        sheet.aligned(
            left, top + 13 + _CODE_HEIGHT + 4.4, RIGHT - left, slip.code, _DIGITS, Align.CENTRE
        )
        self._y = top + 42

    def _marks(self, x: float) -> None:
        marks = (
            *((_REPRINT,) if self._form.mark is FormMark.COPY else ()),
            *((_TRAINING,) if self._form.training else ()),
        )
        for mark in marks:
            self._sheet.box(x, self._top + 13, 20, 9, 1.2)
            self._sheet.cell(x, self._top + 13, 20, 9, mark, _MARK, align=Align.CENTRE)
            x += 23

    def _rows(self, *rows: tuple[str, str]) -> None:
        for label, value in rows:
            self._sheet.fill(LEFT, self._y, _LABEL_WIDTH, _ROW, SHADE)
            self._sheet.box(LEFT, self._y, WIDTH, _ROW)
            self._sheet.cell(LEFT, self._y, _LABEL_WIDTH, _ROW, label, LABEL)
            left, width = LEFT + _LABEL_WIDTH, WIDTH - _LABEL_WIDTH
            self._sheet.cell(left, self._y, width, _ROW, value, _LARGE, padding=3)
            self._y += _ROW

    def _way(self) -> None:
        """A box for each state that is still to come, for a day and a stamp by hand."""
        self._y += 4
        states = [PAPER_STATE[state] for state in PaperState if state is not PaperState.RECEIVED]
        width = WIDTH / len(states)
        for number, label in enumerate(states):
            x = LEFT + number * width
            self._sheet.fill(x, self._y, width, 6, SHADE)
            self._sheet.box(x, self._y, width, _BOX)
            self._sheet.rule(x, self._y + 6, x + width, self._y + 6)
            self._sheet.cell(x, self._y, width, 6, label, LABEL, align=Align.CENTRE)
        self._y += _BOX

    def _foot(self, part: str) -> None:
        y = self._top + _HALF - 8
        instant = self._form.printed_at.astimezone(JAPAN)
        when = f"{format_date(instant.date(), DateStyle.LONG)} {instant:%H:%M}"
        title = f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}（{part}）"
        self._sheet.text(LEFT, y, title, SMALL)
        self._sheet.aligned(
            LEFT, y, WIDTH, f"出力日時 {when}　出力者 {self._form.printed_by}", SMALL, Align.RIGHT
        )


def _day(at: datetime) -> str:
    return format_date(japan_day(at), DateStyle.LONG)
