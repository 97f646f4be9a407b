"""The letter that asks an agency about a person (調査依頼書, K-19), with a sheet for the answer.

In the window of the envelope stands the agency only. The purpose that the caseworker noted stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.inquiry_forms import LivedAt, RequestLetter
from desktop.reports.blocks import (
    Cell,
    Column,
    Envelope,
    Grid,
    Heading,
    Letterhead,
    NewSheet,
    Said,
    Space,
    Table,
    Title,
    Together,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

#: Room for one answer: at most, at least, and for all of them together so that few go on over sheets.
_ANSWER_ROW, _LEAST_ROW, _ANSWERS = 30.0, 18.0, 168.0
_FOOT = 30.0
_IS_ANY = "\n".join(checks([option]) for option in (("あり", False), ("なし", False)))


def _lay_out(letter: RequestLetter) -> Iterator[Block]:
    yield Envelope(letter.postal_code, letter.address, letter.agency, letter.honorific)
    yield Letterhead(letter.written_on, letter.number)
    yield Title(has_office=False)
    yield Space(2)
    yield Said(_say(letter, "asking"), below=3)
    yield Heading("調査の対象となる方")
    yield Grid(list(_person(letter)))
    yield Heading("照会事項")
    for number, item in enumerate(letter.items, start=1):
        yield Said(item, BODY, bullet=f"{number}　")
    yield Space(2)
    if letter.has_consent:
        yield Said(_say(letter, "consent"), bullet="・")
    yield Said(_say(letter, "answer_by"), bullet="・")
    yield Grid(list(_contact(letter)))
    yield from _answer_sheet(letter)


def _answer_sheet(letter: RequestLetter) -> Iterator[Block]:
    """A sheet of its own to be sent back. It names number and person, and leaves the rest to the agency."""
    yield NewSheet()
    yield Title(has_office=False, text="回答書")
    yield Said(_say(letter, "answer_to"), below=3)
    yield Grid([[Cell("照会番号", letter.number), Cell("氏名", letter.name, share=2)]])
    yield Space(3)
    yield Said(_say(letter, "answering"))
    yield Table(
        (Column("照会事項", 36), Column("該当", 12, Align.CENTRE), Column("回答", 52)),
        [(f"{number}　{item}", _IS_ANY, "") for number, item in enumerate(letter.items, start=1)],
        row=min(max(_ANSWERS / max(len(letter.items), 1), _LEAST_ROW), _ANSWER_ROW),
    )
    yield Together(_FOOT, (Space(3), Grid(list(_answered()))))


def _person(letter: RequestLetter) -> Iterator[list[Cell]]:
    yield [Cell("フリガナ", letter.kana, share=2), Cell("生年月日", _born(letter))]
    yield [Cell("氏名", letter.name, height=9)]
    now, *before = letter.addresses or (None,)
    yield [Cell("住所", _lived(letter, now), height=9)]
    for earlier in before:
        yield [Cell("以前の住所", _lived(letter, earlier), height=9)]


def _born(letter: RequestLetter) -> str:
    return letter.imprint.day(letter.born_on)


def _lived(letter: RequestLetter, at: LivedAt | None) -> str:
    if at is None:
        return ""
    if at.until is None:
        return at.address
    since, until = (letter.imprint.day(day, is_short=True) for day in (at.since, at.until))
    return f"{at.address}（{since}～{until}）"


def _contact(letter: RequestLetter) -> Iterator[list[Cell]]:
    who = "　".join(filter(None, (letter.contact, letter.caseworker)))
    yield [Cell("担当", who, share=2), Cell("電話", letter.phone)]


def _answered() -> Iterator[list[Cell]]:
    yield [Cell("回答年月日", height=9), Cell("電話", height=9)]
    yield [Cell("回答者（所属・氏名）", height=12, label_width=40)]


def _say(letter: RequestLetter, name: str) -> str:
    imprint = letter.imprint
    slots = {
        "basis": letter.basis,
        "day": imprint.day(letter.answer_by),
        "sender": imprint.style.signatory or imprint.office_name,
    }
    return imprint.say(REQUEST_LETTER.code, name, **slots)


REQUEST_LETTER: FormKind[RequestLetter] = FormKind(
    code="K-19",
    title="調査依頼書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda letter: letter.number,
)
