"""Pages a CPU-second of the ケース記録票 batch beside ReportLab's own Platypus tables with the same texts.

Run: python -m tests.benchmarks.bench_case_record [HOUSEHOLDS]. The rounds of both alternate, so that a busy machine
slows both. Platypus gets no help: no marks, no stamps beneath the entries, no 禁則, no variants. Fonts are loaded before.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from io import BytesIO
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table

from desktop.domain.forms import CaseRecordForm, PrintedEntry, PrintedSegment
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from tests.reports.samples import FACTS, NEXT, VIEW, WORDS, make_entry, make_form

ROUNDS = 3
ENTRIES = 6
SENTENCES = [f"{part}。" for part in (FACTS + VIEW).split("。") if part.strip()]


class Measured(NamedTuple):
    pages: int
    size: int
    cpu: float
    wall: float


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    forms = [make_household(number) for number in range(households)]
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    warm_up(fonts)
    runs: dict[str, list[Measured]] = {"banso": [], "platypus": []}
    for _ in range(ROUNDS):
        runs["banso"].append(measure(lambda: CASE_RECORD.batch_pdf(forms, fonts).data))
        runs["platypus"].append(measure(lambda: platypus_pdf(forms)))
    for name, rounds in runs.items():
        print(line(name, rounds))
    print(f"ratio of pages a CPU-second: {speed(runs['banso']) / speed(runs['platypus']):.1f}")
    ours, theirs = (median(run.cpu for run in runs[name]) for name in ("banso", "platypus"))
    print(f"ratio of CPU time for the same households: {theirs / ours:.1f}")


def make_household(number: int) -> CaseRecordForm:
    chance = random.Random(number)
    entries = [make_visit(chance, index) for index in range(ENTRIES)]
    return make_form(entries, case_number=f"{number:05}", head_name=f"見本　{number}郎")


def make_visit(chance: random.Random, index: int) -> PrintedEntry:
    facts = "".join(chance.choices(SENTENCES, k=chance.randint(2, 8)))
    return make_entry(
        event_on=date(2024, 4, 1) + timedelta(days=30 * index),
        entry_number=index + 1,
        segments=(
            PrintedSegment(label="事実", text=facts, source="本人"),
            PrintedSegment(label="本人の発言", text=WORDS),
            PrintedSegment(label="次回予定", text=NEXT),
        ),
    )


def warm_up(fonts: FontSet) -> None:
    CASE_RECORD.batch_pdf([make_form()], fonts)
    for role in (FontRole.MINCHO, FontRole.BOLD):
        pdfmetrics.registerFont(TTFont(role.name, resource_path("fonts", role.value)))


def measure(work: Callable[[], bytes]) -> Measured:
    cpu, wall = process_time(), perf_counter()
    data = work()
    cpu, wall = process_time() - cpu, perf_counter() - wall
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    return Measured(pages, len(data), cpu, wall)


def speed(rounds: list[Measured]) -> float:
    return median(run.pages / run.cpu for run in rounds)


def line(name: str, rounds: list[Measured]) -> str:
    each = ", ".join(f"{run.pages / run.cpu:.0f}" for run in rounds)
    wall = median(run.pages / run.wall for run in rounds)
    last = rounds[-1]
    size = last.size / last.pages
    return (
        f"{name:9} {last.pages:6} pages, {speed(rounds):6.0f} pages/CPU-s ({each}), "
        f"{wall:6.0f} pages/s wall, {size:6.0f} bytes/page"
    )


def platypus_pdf(forms: list[CaseRecordForm]) -> bytes:
    """The same texts in Platypus tables with a heading on each page."""
    text = ParagraphStyle("text", fontName="MINCHO", fontSize=10.5, leading=15.9, wordWrap="CJK")
    side = ParagraphStyle("side", fontName="MINCHO", fontSize=9.5, leading=13.3, wordWrap="CJK")
    bold = ParagraphStyle("bold", parent=text, fontName="BOLD")
    story: list[object] = []
    for form in forms:
        rows: list[list[object]] = [["年月日", "種別・場所・相手", "記事"]]
        rows += [platypus_row(entry, text, side, bold) for entry in form.entries]
        widths = [23 * mm, 35 * mm, 118 * mm]
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, 0), "MINCHO", 9),
        ]
        table = Table(rows, widths, repeatRows=1, style=style, splitInRow=1)
        story += [table, PageBreak()]
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    frame = Frame(22 * mm, 16 * mm, 176 * mm, 233 * mm, 0, 0, 0, 0)
    template = PageTemplate(frames=[frame], onPage=lambda page, _: platypus_heading(page, forms[0]))
    document.addPageTemplates([template])
    document.build(story)
    return out.getvalue()


def platypus_row(
    entry: PrintedEntry, text: ParagraphStyle, side: ParagraphStyle, bold: ParagraphStyle
) -> list[object]:
    parts = (escape(f"【{part.label}】{part.text}") for part in entry.segments)
    article = [Paragraph(escape(entry.subject), bold), *(Paragraph(part, text) for part in parts)]
    dates = f"{entry.event_on}<br/>{entry.time_text}<br/>記録日<br/>{entry.recorded_on}"
    kinds = f"{entry.kind_label}<br/>場所 {entry.place_label}<br/>相手 {entry.met}<br/>記録者 {entry.author}"
    stamps = Table(
        [
            [stamp.position_label for stamp in entry.stamps],
            [f"{stamp.name} {stamp.stamped_on}" for stamp in entry.stamps],
        ],
        style=[("GRID", (0, 0), (-1, -1), 0.4, (0, 0, 0)), ("FONT", (0, 0), (-1, -1), "MINCHO", 7)],
    )
    return [Paragraph(dates, side), Paragraph(kinds, side), [*article, stamps]]


def platypus_heading(page: Canvas, form: CaseRecordForm) -> None:
    page.setFont("BOLD", 16)
    page.drawCentredString(110 * mm, 277 * mm, "ケース記録票")
    page.setFont("MINCHO", 12)
    page.drawString(40 * mm, 268 * mm, form.case_number)
    page.drawString(40 * mm, 257 * mm, form.head_name)
    page.drawString(110 * mm, 268 * mm, form.district_name)
    page.rect(22 * mm, 251.5 * mm, 176 * mm, 22.5 * mm)
    for number, label in enumerate(form.position_labels):
        page.rect((144 + 18 * number) * mm, 251.5 * mm, 18 * mm, 22.5 * mm)
        page.drawString((145 + 18 * number) * mm, 270 * mm, label)
    page.setFont("MINCHO", 7.5)
    page.drawString(22 * mm, 10 * mm, f"出力者 {form.imprint.printed_by} {page.getPageNumber()}")


if __name__ == "__main__":
    main()
