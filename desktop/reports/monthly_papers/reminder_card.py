"""The postcard about monthly papers (書類のご案内, S-33): address on one side, what is asked for and by when on the other.

Others may read a card: it names the papers as the office words it, never the help, and it threatens nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from desktop.domain.card_languages import day_slots, month_slots
from desktop.domain.monthly_paper_forms import ReminderCard
from desktop.reports.blocks import Cell, Grid, NewSheet, Reading, Said, Space
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
    yield _said(card, _title(card), _TITLE, below=3)
    yield _said(card, _say(card, "late" if card.is_late else "soon"), _TEXT, below=2)
    for said, _ in groupby(_papers(card)):
        yield _said(card, said, _PAPER, bullet="・", below=0.5)
    yield Space(1.5)
    for name in ("how", "help", "crossed"):
        if name != "crossed" or card.is_late:
            yield _said(card, _say(card, name), _TEXT, below=1)
    yield Space(1)
    who = "　".join(filter(None, (card.contact, card.caseworker)))
    phone = "　".join(filter(None, (card.phone, card.hours)))
    rows = [(_other(card, "staff") or "担当", who), (_other(card, "phone") or "電話", phone)]
    yield Grid(
        [[Cell(label, value, height=_ROW, style=_TEXT)] for label, value in rows], label_width=14
    )


def _papers(card: ReminderCard) -> Iterator[str]:
    """What is asked for, in the office's words; the same words stand once."""
    for label, month in card.papers:
        said = _other(card, "paper", paper=label, **month_slots(month))
        yield said or card.imprint.say(
            REMINDER_CARD.code, "paper", paper=label, month=f"{month.month}月"
        )


def _say(card: ReminderCard, name: str) -> str:
    slots = day_slots(card.answer_by, is_read=bool(card.words and card.words.readings))
    return _other(card, name, **slots) or card.imprint.say(REMINDER_CARD.code, name, **slots)


def _title(card: ReminderCard) -> str:
    return _other(card, "title") or card.imprint.label(REMINDER_CARD.code, REMINDER_CARD.title)


def _other(card: ReminderCard, name: str, **slots: str) -> str:
    """A sentence in the chosen language; "" where it has none and the usual one is said."""
    return card.words.language.say(name, **slots) if card.words else ""


def _said(
    card: ReminderCard, text: str, style: Style, *, bullet: str = "", below: float = 0.0
) -> Block:
    """A sentence, with readings where they are asked for. What no font has is told under the language's name."""
    label = f"{card.words.language.label}の文" if card.words else "本文"
    if card.words is None or card.words.readings is None:
        return Said(text, style, bullet=bullet, below=below, label=label)
    return Reading(
        card.words.readings.read(text), style=style, bullet=bullet, below=below, label=label
    )


REMINDER_CARD: FormKind[ReminderCard] = FormKind(
    code="S-33",
    title="書類のご案内",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=POSTCARD,
    head=None,
)
