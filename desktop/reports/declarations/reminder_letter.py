"""The letter that asks for a declaration (申告のお願い, L-01): what, for which month, by when, and whom to call.

In the window of the envelope stand address and name only; nothing on the sheet says why the office writes, and
nothing on it threatens. Plain until the forms engine comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.domain.clock import JAPAN
from desktop.domain.declaration_forms import ReminderLetter
from desktop.domain.declarations import DECLARATION_KIND, DeclarationKind
from desktop.domain.era import DateStyle, format_date, format_month, weekday_name
from desktop.domain.errors import UserError
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.line_breaking import break_lines
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "L-01"
FORM_TITLE = "申告書提出のお願い"
FORM_EDITION = "第1版"

_LEFT, _RIGHT = 22.0, 188.0
_WIDTH = _RIGHT - _LEFT
_TITLE = Style(FontRole.BOLD, 15)
_TEXT = Style(FontRole.MINCHO, 12)
_NAME = Style(FontRole.MINCHO, 13)
_LABEL = Style(FontRole.GOTHIC, 10)
_SMALL = Style(FontRole.GOTHIC, 7.5)
_TRAINING = Style(FontRole.BOLD, 10)
_LINE = 7.2
_ROW = 10.0

_STOPPED = "印刷を中止しました。作成途中のPDFは破棄しました。"
_NOTHING = "印刷する手紙がありません。"
_HELLO = "日ごろは、ご協力をいただきありがとうございます。"
_ASKING = "下の申告書が、まだこちらに届いていないようです。{day}までに、窓口へお持ちいただくか、郵送でお送りください。"
_HELP = (
    "・収入がなかった月も、「なし」と書いてお出しください。",
    "・書き方が分からないとき、{day}までに出すことが難しいときは、下の担当へお知らせください。ご事情をうかがい、一緒に考えます。",
    "・すでにお出しいただいたときは、行き違いですのでお許しください。",
)
_HELP_ASSETS = (
    "・お持ちの預貯金などの様子を書いてお出しください。書く欄に当てはまるものがないときは「なし」と書いてください。",
    *_HELP[1:],
)


def reminder_letters_pdf(
    letters: Sequence[ReminderLetter],
    fonts: FontSet,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RenderedPdf:
    """Print a batch, a sheet a person, bookmarked by case number. Raises UserError when there is nothing or it was stopped."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    file: PdfFile | None = None
    for done, letter in enumerate(letters, start=1):
        if cancelled is not None and cancelled():
            raise UserError(_STOPPED)
        log.check(f"{letter.case_number} 宛名", f"{letter.address}{letter.name}")
        log.check(f"{letter.case_number} 担当", letter.caseworker)
        file = file or PdfFile(encoder, FORM_TITLE, letter.office_name, letter.printed_at)
        file.add_bookmark(letter.case_number)
        file.add_sheet(_sheet(letter, encoder))
        if progress is not None:
            progress(done)
    if file is None:
        raise UserError(_NOTHING)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


def _sheet(letter: ReminderLetter, encoder: TextEncoder) -> Sheet:
    sheet = Sheet(encoder)
    _window(sheet, letter)
    _head(sheet, letter)
    y = _said(sheet, encoder, 94.0, (_HELLO, _ASKING.format(day=_day(letter))))
    y = _wanted(sheet, letter, y + 2)
    kinds = {kind for kind, _ in letter.wanted}
    help_lines = _HELP_ASSETS if kinds == {DeclarationKind.ASSET} else _HELP
    y = _said(sheet, encoder, y + 8, tuple(line.format(day=_day(letter)) for line in help_lines))
    _contact(sheet, letter, y + 6)
    _footer(sheet, letter)
    return sheet


def _window(sheet: Sheet, letter: ReminderLetter) -> None:
    """Address and name, where the window of a folded A4 sheet is, and nothing else there."""
    code = letter.postal_code
    if code:
        sheet.text(_LEFT, 24, f"〒{code[:3]}-{code[3:]}" if code.isdigit() else f"〒{code}", _LABEL)
    sheet.cell(_LEFT, 25, 82, 13, letter.address, _TEXT, padding=0)
    sheet.cell(_LEFT, 39, 82, 9, f"{letter.name}　様", _NAME, padding=0)


def _head(sheet: Sheet, letter: ReminderLetter) -> None:
    written = format_date(letter.written_on, DateStyle.LONG)
    sheet.aligned(_LEFT, 62, _WIDTH, written, _TEXT, Align.RIGHT)
    sheet.aligned(_LEFT, 70, _WIDTH, letter.office_name, _TEXT, Align.RIGHT)
    sheet.aligned(_LEFT, 84, _WIDTH, FORM_TITLE, _TITLE, Align.CENTRE)
    if letter.training:
        sheet.box(_RIGHT - 22, 15, 22, 8, 1.2)
        sheet.cell(_RIGHT - 22, 15, 22, 8, "研修用", _TRAINING, align=Align.CENTRE)


def _said(sheet: Sheet, encoder: TextEncoder, y: float, texts: Sequence[str]) -> float:
    advance = encoder.fonts.advances(_TEXT.role).__getitem__
    for text in texts:
        hang = text.startswith("・")
        left = _LEFT + (_TEXT.em if hang else 0)
        broken = break_lines(text.removeprefix("・"), (_RIGHT - left) / _TEXT.em, advance)
        for number, line in enumerate(broken):
            if hang and not number:
                sheet.text(_LEFT, y, "・", _TEXT)
            sheet.text(left, y, line.text, _TEXT)
            y += _LINE
        y += 1.5
    return y


def _wanted(sheet: Sheet, letter: ReminderLetter, y: float) -> float:
    for kind, month in letter.wanted:
        sheet.box(_LEFT, y, _WIDTH, _ROW)
        sheet.fill(_LEFT, y, 55, _ROW, 0.93)
        sheet.cell(_LEFT, y, 55, _ROW, f"{DECLARATION_KIND[kind]}書", _TEXT, padding=3)
        words = f"{format_month(month)}分"
        sheet.cell(_LEFT + 55, y, _WIDTH - 55, _ROW, words, _TEXT, padding=3)
        y += _ROW
    return y


def _contact(sheet: Sheet, letter: ReminderLetter, y: float) -> None:
    who = "　".join(filter(None, (letter.contact, letter.caseworker)))
    rows = [("担当", who), ("電話", letter.phone)]
    if letter.hours:
        rows.append(("受付時間", letter.hours))
    for label, value in rows:
        sheet.fill(_LEFT, y, 30, _ROW, 0.93)
        sheet.box(_LEFT, y, _WIDTH, _ROW)
        sheet.cell(_LEFT, y, 30, _ROW, label, _LABEL, padding=3)
        sheet.cell(_LEFT + 30, y, _WIDTH - 30, _ROW, value, _TEXT, padding=3)
        y += _ROW


def _footer(sheet: Sheet, letter: ReminderLetter) -> None:
    instant = letter.printed_at.astimezone(JAPAN)
    when = f"{format_date(instant.date(), DateStyle.SHORT)} {instant:%H:%M}"
    sheet.text(_LEFT, 287, f"{FORM_CODE} {FORM_EDITION}　{letter.case_number}", _SMALL)
    sheet.aligned(_LEFT, 287, _WIDTH, f"{when}　{letter.printed_by}", _SMALL, Align.RIGHT)


def _day(letter: ReminderLetter) -> str:
    day = letter.answer_by
    return f"{day.month}月{day.day}日（{weekday_name(day)}）"
