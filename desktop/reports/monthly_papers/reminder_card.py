"""The postcard about monthly papers (書類のご案内, S-33): address on one side, what is asked for and by when on the other.

Others may read a card: it names the papers as the office words it, never the help, and it threatens nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from desktop.domain.era import weekday_name
from desktop.domain.monthly_paper_forms import ReminderCard
from desktop.reports.blocks import Cell, Grid, NewSheet, Said, Space
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Style
from desktop.reports.paper_size import POSTCARD
from desktop.reports.setter import Block

_TITLE = Style(FontRole.BOLD, 14)
_NAME = Style(FontRole.MINCHO, 15)
_TEXT = Style(FontRole.MINCHO, 10.5)
_PAPER = Style(FontRole.BOLD, 11.5)
_ROW = 8.0


def _lay_out(card: ReminderCard) -> Iterator[Block]:
    yield from _address(card)
    yield NewSheet()
    yield from _message(card)


def _address(card: ReminderCard) -> Iterator[Block]:
    yield Space(8)
    yield Said(
        f"〒{card.postal_code[:3]}-{card.postal_code[3:]}" if card.postal_code else "", _TEXT
    )
    yield Said(card.address, _TEXT, below=8)
    yield Said(f"{card.name}　{card.imprint.style.honorific}", _NAME, label="宛名")
    yield Space(26)
    for line in filter(None, (card.contact, card.phone and f"電話 {card.phone}")):
        yield Said(line, _TEXT, below=0.5)


def _message(card: ReminderCard) -> Iterator[Block]:
    code = REMINDER_CARD.code
    yield Said(card.imprint.label(code, REMINDER_CARD.title), _TITLE, below=3)
    yield Said(_say(card, "late" if card.is_late else "soon"), _TEXT, below=2)
    for said, _ in groupby(_papers(card)):
        yield Said(said, _PAPER, bullet="・", below=0.5)
    yield Space(1.5)
    for name in ("how", "help", "crossed"):
        if name != "crossed" or card.is_late:
            yield Said(_say(card, name), _TEXT, below=1)
    yield Space(1)
    who = "　".join(filter(None, (card.contact, card.caseworker)))
    rows = [("担当", who), ("電話", "　".join(filter(None, (card.phone, card.hours))))]
    yield Grid(
        [[Cell(label, value, height=_ROW, style=_TEXT)] for label, value in rows], label_width=14
    )


def _papers(card: ReminderCard) -> Iterator[str]:
    """What is asked for, in the office's words; the same words stand once."""
    for label, month in card.papers:
        yield card.imprint.say(REMINDER_CARD.code, "paper", paper=label, month=f"{month.month}月")


def _say(card: ReminderCard, name: str) -> str:
    day = card.answer_by
    said = f"{day.month}月{day.day}日（{weekday_name(day)}）"
    return card.imprint.say(REMINDER_CARD.code, name, day=said)


REMINDER_CARD: FormKind[ReminderCard] = FormKind(
    code="S-33",
    title="書類のご案内",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=POSTCARD,
    head=None,
)
