"""What the papers about medical matters have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.medical_opinions import DoctorQuestion
from desktop.reports.blocks import Cell, Grid, LongText, Said, Space, checks
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

ROW, WRITTEN, LABEL = 8.5, 10.0, 36.0


def cell(label: str, value: str, *, share: float = 1) -> Cell:
    """A cell as high as handwriting where it is empty."""
    return Cell(label, value, share=share, height=ROW if value else WRITTEN, style=BODY)


def contact_grid(contact: str, caseworker: str, phone: str) -> Grid:
    """Whom to call."""
    who = "　".join(filter(None, (contact, caseworker)))
    return Grid([[cell("問い合わせ先", who)], [cell("電話", phone)]], label_width=LABEL)


def answer_rows(
    questions: Sequence[DoctorQuestion], *, lines: int = 2, gap: float = 2.0
) -> Iterator[Block]:
    """Each question with room for the doctor's own words."""
    for number, question in enumerate(questions, start=1):
        yield Said(question.label, bullet=f"{number}　", below=0.8)
        choices = checks((choice, False) for choice in question.choices)
        yield LongText("回答", choices, lines=lines, label_width=18.0)
        yield Space(gap)
