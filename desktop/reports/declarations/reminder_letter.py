"""The letter that asks for a declaration (申告のお願い, L-01): what, for which month, by when, and whom to call.

In the window of the envelope stand address and name only; nothing on the sheet says why the office writes, and
nothing on it threatens.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.declaration_forms import ReminderLetter
from desktop.domain.declarations import DECLARATION_KIND, DeclarationKind
from desktop.domain.era import weekday_name
from desktop.reports.blocks import Cell, Envelope, Grid, Letterhead, Said, Space, Title
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_ROW = 10.0


def _lay_out(letter: ReminderLetter) -> Iterator[Block]:
    yield Envelope(letter.postal_code, letter.address, letter.name)
    yield Letterhead(letter.written_on, sender=letter.imprint.office_name, is_sealed=False)
    yield Title(has_office=False)
    yield Space(4)
    yield Said(_say(letter, "hello"))
    yield Said(_say(letter, "asking"), below=4)
    yield Grid(
        [
            [
                Cell(
                    f"{DECLARATION_KIND[kind]}書",
                    f"{letter.imprint.month(month)}分",
                    height=_ROW,
                    style=BODY,
                )
            ]
            for kind, month in letter.wanted
        ],
        label_width=55,
    )
    yield Space(6)
    only_assets = {kind for kind, _ in letter.wanted} == {DeclarationKind.ASSET}
    for name in ("help_assets" if only_assets else "help_income", "help_when", "help_crossed"):
        yield Said(_say(letter, name), bullet="・")
    yield Space(4)
    yield Grid(list(_contact(letter)))


def _contact(letter: ReminderLetter) -> Iterator[list[Cell]]:
    who = "　".join(filter(None, (letter.contact, letter.caseworker)))
    yield [Cell("担当", who, height=_ROW, style=BODY)]
    yield [Cell("電話", letter.phone, height=_ROW, style=BODY)]
    if letter.hours:
        yield [Cell("受付時間", letter.hours, height=_ROW, style=BODY)]


def _say(letter: ReminderLetter, name: str) -> str:
    day = letter.answer_by
    return letter.imprint.say(
        REMINDER_LETTER.code, name, day=f"{day.month}月{day.day}日（{weekday_name(day)}）"
    )


REMINDER_LETTER: FormKind[ReminderLetter] = FormKind(
    code="L-01",
    title="申告書提出のお願い",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda letter: letter.case_number,
)
