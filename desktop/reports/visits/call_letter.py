"""The letter of call (来所のお願い, 呼出通知, L-03): asks somebody whom nobody met to come or to ring up by a day.

In the window of the envelope stand address and name only; nothing on the sheet says why the office writes, and
nothing on it threatens.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.era import weekday_name
from desktop.domain.household_forms import CallLetter, VisitNotice
from desktop.reports.blocks import Cell, Envelope, Grid, Letterhead, Said, Space, Title
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_CODE = "L-03"
_ROW = 11.0


def _lay_out(letter: CallLetter) -> Iterator[Block]:
    say, day = letter.imprint.say, letter.come_by
    by = f"{day.month}月{day.day}日（{weekday_name(day)}）"
    yield Envelope(letter.postal_code, letter.address, letter.name)
    yield Letterhead(letter.written_on, sender=letter.imprint.office_name, is_sealed=False)
    yield Title(has_office=False)
    yield Space(4)
    yield Said(say(_CODE, "hello"))
    yield Said(say(_CODE, "asking", day=by), below=4)
    rows = [("お願いする日", f"{by}まで"), ("場所", letter.imprint.office_name)]
    yield Grid(contact_rows(letter, rows))
    yield Space(6)
    for name in ("help_bring", "help_when", "help_crossed"):
        yield Said(say(_CODE, name, day=by), bullet="・")


def contact_rows(letter: CallLetter | VisitNotice, rows: list[tuple[str, str]]) -> list[list[Cell]]:
    """These rows, and beneath them whom to ring up and when."""
    who = "　".join(filter(None, (letter.contact, letter.caseworker)))
    hours = [("受付時間", letter.hours)] if letter.hours else []
    return [
        [Cell(label, value, height=_ROW, style=BODY)]
        for label, value in (*rows, ("担当", who), ("電話", letter.phone), *hours)
    ]


CALL_LETTER: FormKind[CallLetter] = FormKind(
    code=_CODE,
    title="来所のお願い",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda letter: letter.case_number,
)
