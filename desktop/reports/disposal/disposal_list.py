"""The 廃棄簿 (D-01): which files go, until when they were kept, who made, checked, approved and carried out the list.

No names of persons stand on it: the paper outlives the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from desktop.domain.clock import japan_day
from desktop.domain.disposal import (
    STATE_LABELS,
    DisposalDecision,
    DisposalForm,
    DisposalItemRow,
    DisposalListRow,
    DisposalState,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.seals import hex_groups
from desktop.reports.fonts import FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import HEADING, LABEL, LEFT, RIGHT, SMALL, Columns, Register
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "D-01"
FORM_TITLE = "廃棄簿"
FORM_EDITION = "第1版"

_STAMP = 32.0
_COLUMNS: Columns = (
    ("番号", 12),
    ("ケース番号", 36),
    ("保存区分", 48),
    ("保護開始", 26),
    ("廃止", 26),
    ("保存期限", 26),
)


def disposal_list_pdf(form: DisposalForm, fonts: FontSet) -> RenderedPdf:
    """Print the list as it stands. The same list at the same instant gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    log.check(f"{FORM_CODE} 職員", "".join(name for _, name, _ in _stamps(form.row)))
    paper = _Paper(encoder)
    paper.draw(form)
    paper.footers(f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", form.printed_at)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for sheet in paper.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


class _Paper(Register):
    def draw(self, form: DisposalForm) -> None:
        """Everything but the footers."""
        self.title(FORM_TITLE, form.office_name)
        self.sheet.text(LEFT, 39, f"第{form.row.number}号", HEADING)
        self._draw_stamps(form.row)
        self._draw_facts(form.row)
        self._draw_items(form.row.items)

    def _draw_stamps(self, row: DisposalListRow) -> None:
        """Who and when, as the database has it; the boxes leave room for seals."""
        left, top, height = RIGHT - 4 * _STAMP, 28.0, 26.0
        for number, (label, name, day) in enumerate(_stamps(row)):
            x = left + number * _STAMP
            self.sheet.box(x, top, _STAMP, height)
            self.sheet.rule(x, top + 5, x + _STAMP, top + 5)
            self.sheet.cell(x, top, _STAMP, 5, label, SMALL, align=Align.CENTRE)
            self.sheet.cell(x, top + height - 12, _STAMP, 6, name, LABEL, align=Align.CENTRE)
            self.sheet.cell(x, top + height - 6, _STAMP, 6, day, SMALL, align=Align.CENTRE)
        self.y = top + height + 6

    def _draw_facts(self, row: DisposalListRow) -> None:
        for label, value in (
            ("作成日", format_date(row.as_of, DateStyle.LONG)),
            ("状態", STATE_LABELS[row.state]),
            ("世帯数", f"{len(row.items):,}世帯"),
        ):
            self.labelled(label, value)
        groups = hex_groups(bytes.fromhex(row.content_hash)).split(" ")
        lines = "\n".join(" ".join(groups[i : i + 8]) for i in range(0, len(groups), 8))
        self.labelled("内容の照合値", lines, 11.0)
        words = "点検と承認は、この照合値の内容について行われました。内容が変わると廃棄は実行できません。"
        self.sheet.text(LEFT, self.y + 4, words, SMALL)
        self.y += 10

    def _draw_items(self, items: Sequence[DisposalItemRow]) -> None:
        self.table(_COLUMNS, (_cells(number, item) for number, item in enumerate(items, start=1)))


def _cells(number: int, item: DisposalItemRow) -> tuple[str, ...]:
    days = (item.protected_from, item.closed_on, item.kept_until)
    label = item.retention_label or item.retention_class
    return (f"{number}", item.case_number, label, *map(_day, days))


def _stamps(row: DisposalListRow) -> Iterator[tuple[str, str, str]]:
    """Label, name and day of the four acts; empty where one has not been done."""
    yield "作成", row.drawn_up_by, _instant(row.drawn_up_at)
    for number, label in ((1, "点検"), (2, "承認")):
        approved = [
            s for s in row.steps if s.number == number and s.decision is DisposalDecision.APPROVED
        ]
        yield (label, approved[0].by, _instant(approved[0].at)) if approved else (label, "", "")
    done = row.state is DisposalState.CARRIED_OUT
    yield "廃棄", row.closed_by if done else "", _instant(row.closed_at) if done else ""


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else "－"


def _instant(at: datetime | None) -> str:
    return format_date(japan_day(at), DateStyle.SHORT) if at else ""
