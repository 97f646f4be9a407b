"""One notice of one page with a table of eight rows, set by our engine, by ReportLab's Platypus and by its plain canvas.

All three draw the same words at nearly the same places: window address, letterhead with the place of the seal, title, two
paragraphs, table, remarks, whom to ask, footer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from desktop.domain.imprint import FormMark, Imprint
from desktop.reports import blocks
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.resources import resource_path
from tests.reports.samples import make_imprint

TITLE = "支給予定のお知らせ"
HELLO = "日ごろは、福祉事務所の事業にご協力をいただきありがとうございます。"
ASKING = (
    "次のとおり支給を予定していますので、お知らせします。内容に違いがあるときや、"
    "ご不明な点があるときは、下の担当までご連絡ください。"
)
HELP = (
    "金額は、収入の認定により変わることがあります。",
    "振込日が休日のときは、前の営業日に振り込みます。",
)
COLUMNS = (("番号", 12), ("支給日", 40), ("内容", 70), ("金額", 30), ("備考", 22))
KINDS = (
    "生活扶助",
    "住宅扶助",
    "教育扶助",
    "介護扶助",
    "医療扶助（移送費）",
    "出産扶助",
    "生業扶助",
    "葬祭扶助",
)
CONTACT = (
    ("担当", "地区担当　見本　太郎"),
    ("電話", "000-000-0000"),
    ("受付時間", "平日　午前9時から午後5時"),
)
_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the notice tells one person; `rows` are number, day, kind, amount and remark as printed."""

    imprint: Imprint
    case_number: str
    postal_code: str
    address: str = field(repr=False)
    name: str = field(repr=False)
    number: str
    written_on: date
    rows: tuple[tuple[str, ...], ...]


def make_notice(number: int) -> Notice:
    """A notice to an invented person."""
    day = date(2024, 10, 1) + timedelta(days=number % 28)
    imprint = make_imprint(mark=FormMark.PLAIN)
    return Notice(
        imprint=imprint,
        case_number=f"{number:07}",
        postal_code=f"{1000000 + number}",
        address=f"架空県架空市見本町{number % 90 + 1}丁目{number % 40 + 1}番地",
        name=f"架空　{number}子",
        number=f"架福第{number}号",
        written_on=date(2024, 10, 1),
        rows=tuple(
            (
                f"{row + 1}",
                imprint.day(day + timedelta(days=30 * row)),
                KINDS[(row + number) % len(KINDS)],
                f"{(number * 37 + row * 1013) % 90000 + 1000:,}円",
                "予定" if (row + number) % 3 else "",
            )
            for row in range(_ROWS)
        ),
    )


def _lay_out(notice: Notice) -> Iterator[Block]:
    yield blocks.Envelope(notice.postal_code, notice.address, notice.name)
    yield blocks.Letterhead(notice.written_on, notice.number)
    yield blocks.Title(has_office=False)
    yield blocks.Space(3)
    yield blocks.Said(HELLO)
    yield blocks.Said(ASKING)
    yield blocks.Space(2)
    yield blocks.Table(
        [
            blocks.Column(label, share, Align.RIGHT if label in {"番号", "金額"} else Align.LEFT)
            for label, share in COLUMNS
        ],
        notice.rows,
    )
    yield blocks.Space(4)
    for words in HELP:
        yield blocks.Said(words, bullet="・")
    yield blocks.Space(3)
    yield blocks.Grid([[blocks.Cell(label, value, height=9)] for label, value in CONTACT])


NOTICE: FormKind[Notice] = FormKind(
    code="X-01",
    title=TITLE,
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda notice: notice.case_number,
)


def banso_pdf(notices: Iterable[Notice], fonts: FontSet) -> bytes:
    """By our own engine, with everything it sees to: 禁則, fitting, missing characters, bookmarks."""
    return NOTICE.batch_pdf(notices, fonts).data


def register_fonts() -> None:
    """Give ReportLab the same faces."""
    for role in FontRole:
        pdfmetrics.registerFont(TTFont(role.name, resource_path("fonts", role.value)))


_TEXT = ParagraphStyle("text", fontName="MINCHO", fontSize=11, leading=16.5, wordWrap="CJK")
_RIGHT = ParagraphStyle("right", parent=_TEXT, alignment=2)
_HEADING = ParagraphStyle(
    "title", parent=_TEXT, fontName="BOLD", fontSize=16, leading=24, alignment=1
)
_BULLET = ParagraphStyle("bullet", parent=_TEXT, leftIndent=11, firstLineIndent=-11)
_SMALL = ParagraphStyle("small", parent=_TEXT, fontName="GOTHIC", fontSize=8.5, leading=12)
_BLACK, _SHADE = (0, 0, 0), (0.93, 0.93, 0.93)
_TABLE_STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.4, _BLACK),
    ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
    ("FONT", (0, 0), (-1, 0), "GOTHIC", 8.5),
    ("ALIGN", (0, 0), (-1, 0), "CENTER"),
    ("FONT", (0, 1), (-1, -1), "MINCHO", 10.5),
    ("ALIGN", (0, 1), (0, -1), "RIGHT"),
    ("ALIGN", (3, 1), (3, -1), "RIGHT"),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]
_GRID_STYLE = [
    ("BOX", (0, 0), (-1, -1), 0.4, _BLACK),
    ("INNERGRID", (0, 0), (-1, -1), 0.4, _BLACK),
    ("BACKGROUND", (0, 0), (0, -1), _SHADE),
    ("FONT", (0, 0), (0, -1), "GOTHIC", 8.5),
    ("FONT", (1, 0), (1, -1), "MINCHO", 10.5),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]


def platypus_pdf(notices: Sequence[Notice]) -> bytes:
    """By Platypus: paragraphs and tables."""
    story: list[object] = []
    for notice in notices:
        story += [*_platypus_notice(notice), PageBreak()]
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    frame = Frame(20 * mm, 18 * mm, 174 * mm, 265 * mm, 0, 0, 0, 0)

    def foot(page: Canvas, _: object) -> None:
        notice = notices[page.getPageNumber() - 1]
        _footer(page, notice)
        _seal(page)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=foot)])
    document.build(story)
    return out.getvalue()


def _platypus_notice(notice: Notice) -> Iterator[object]:
    imprint = notice.imprint
    code = notice.postal_code
    yield Spacer(1, 3 * mm)
    yield Paragraph(f"〒{code[:3]}-{code[3:]}", _SMALL)
    yield Paragraph(notice.address, _TEXT)
    yield Spacer(1, 8 * mm)
    yield Paragraph(f"{notice.name}　様", _TEXT)
    yield Spacer(1, 12 * mm)
    yield Paragraph(notice.number, _RIGHT)
    yield Paragraph(imprint.day(notice.written_on), _RIGHT)
    yield Spacer(1, 10 * mm)
    yield Table([["", Paragraph(imprint.office_name, _RIGHT), ""]], [80 * mm, 68 * mm, 26 * mm])
    yield Spacer(1, 10 * mm)
    yield Paragraph("　".join(TITLE), _HEADING)
    yield Spacer(1, 5 * mm)
    yield Paragraph(HELLO, _TEXT)
    yield Paragraph(ASKING, _TEXT)
    yield Spacer(1, 4 * mm)
    rows = [[label for label, _ in COLUMNS], *map(list, notice.rows)]
    widths = [width * mm for _, width in COLUMNS]
    yield Table(rows, widths, [7 * mm] * len(rows), style=_TABLE_STYLE)
    yield Spacer(1, 4 * mm)
    for words in HELP:
        yield Paragraph(f"・{words}", _BULLET)
    yield Spacer(1, 4 * mm)
    contact = [list(pair) for pair in CONTACT]
    yield Table(contact, [30 * mm, 144 * mm], [9 * mm] * len(contact), style=_GRID_STYLE)


def canvas_pdf(notices: Iterable[Notice]) -> bytes:
    """By the plain canvas: every string and rule at a place worked out beforehand, lines broken by hand."""
    out = BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for notice in notices:
        _canvas_notice(page, notice)
        page.showPage()
    page.save()
    return out.getvalue()


def _canvas_notice(page: Canvas, notice: Notice) -> None:
    code = notice.postal_code
    page.setFont("GOTHIC", 8.5)
    page.drawString(22 * mm, 278 * mm, f"〒{code[:3]}-{code[3:]}")
    page.setFont("MINCHO", 11)
    page.drawString(22 * mm, 268.6 * mm, notice.address)
    page.setFont("MINCHO", 13)
    page.drawString(22 * mm, 254.2 * mm, f"{notice.name}　様")
    page.setFont("MINCHO", 11)
    page.drawRightString(194 * mm, 239.5 * mm, notice.number)
    page.drawRightString(194 * mm, 233.7 * mm, notice.imprint.day(notice.written_on))
    page.drawRightString(168 * mm, 217.9 * mm, notice.imprint.office_name)
    _seal(page)
    page.setFont("BOLD", 16)
    page.drawCentredString(107 * mm, 194.5 * mm, "　".join(TITLE))
    page.setFont("MINCHO", 11)
    top = 182.0
    for line in (HELLO, *_BROKEN):
        page.drawString(20 * mm, top * mm, line)
        top -= 5.9
    _canvas_table(page, notice, 161 * mm)
    page.setFont("MINCHO", 11)
    for number, words in enumerate(HELP):
        page.drawString(20 * mm, (89 - 7 * number) * mm, f"・{words}")
    _canvas_contact(page, 75 * mm)
    _footer(page, notice)


_BROKEN = (ASKING[:44], ASKING[44:])


def _canvas_table(page: Canvas, notice: Notice, top: float) -> None:
    height = 7 * mm
    bottom = top - height * (_ROWS + 1)
    page.setFillGray(0.93)
    page.rect(20 * mm, top - height, 174 * mm, height, stroke=0, fill=1)
    page.setFillGray(0)
    page.setLineWidth(0.4)
    lefts = [20 * mm]
    for _, width in COLUMNS:
        lefts.append(lefts[-1] + width * mm)
    for left in lefts:
        page.line(left, bottom, left, top)
    for number in range(_ROWS + 2):
        page.line(20 * mm, top - number * height, 194 * mm, top - number * height)
    page.setFont("GOTHIC", 8.5)
    for place, (label, _) in enumerate(COLUMNS):
        page.drawCentredString((lefts[place] + lefts[place + 1]) / 2, top - height + 6.5, label)
    page.setFont("MINCHO", 10.5)
    for number, row in enumerate(notice.rows, start=2):
        baseline = top - number * height + 6.2
        for place, value in enumerate(row):
            if place in {0, 3}:
                page.drawRightString(lefts[place + 1] - 3.4, baseline, value)
            else:
                page.drawString(lefts[place] + 3.4, baseline, value)


def _canvas_contact(page: Canvas, top: float) -> None:
    height = 9 * mm
    page.setFillGray(0.93)
    page.rect(
        20 * mm, top - height * len(CONTACT), 30 * mm, height * len(CONTACT), stroke=0, fill=1
    )
    page.setFillGray(0)
    for number, (label, value) in enumerate(CONTACT, start=1):
        page.rect(20 * mm, top - height * number, 174 * mm, height)
        page.line(50 * mm, top - height * number, 50 * mm, top - height * (number - 1))
        page.setFont("GOTHIC", 8.5)
        page.drawString(21.2 * mm, top - height * number + 9.8, label)
        page.setFont("MINCHO", 10.5)
        page.drawString(51.5 * mm, top - height * number + 9, value)


def _seal(page: Canvas) -> None:
    page.setLineWidth(0.4)
    page.setDash(0.8, 1.6)
    page.rect(170 * mm, 207.5 * mm, 24 * mm, 24 * mm)
    page.setDash()
    page.setFont("GOTHIC", 7.5)
    page.drawCentredString(182 * mm, 218.5 * mm, "公印")


def _footer(page: Canvas, notice: Notice) -> None:
    imprint = notice.imprint
    page.setFont("GOTHIC", 7.5)
    page.drawString(20 * mm, 10 * mm, f"X-01 {TITLE} 第1版")
    page.drawCentredString(107 * mm, 10 * mm, f"{notice.case_number}　1／1頁")
    by = f"出力日時 {imprint.printed_words}　出力者 {imprint.printed_by}"
    page.drawRightString(194 * mm, 10 * mm, by)
