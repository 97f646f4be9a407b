"""The letter that says when somebody comes (訪問のお知らせ, L-04). It names neither the help nor why."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.era import weekday_name
from desktop.domain.household_forms import VisitNotice
from desktop.domain.working_time import HALF_LABEL
from desktop.reports.blocks import Envelope, Grid, Letterhead, Said, Space, Title
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.visits.call_letter import contact_rows

_CODE = "L-04"
_BY_HAND = "　　　月　　　日（　　）　　　時　　　分ごろ"


def _lay_out(letter: VisitNotice) -> Iterator[Block]:
    say = letter.imprint.say
    yield Envelope(letter.postal_code, letter.address, letter.name)
    yield Letterhead(letter.written_on, sender=letter.imprint.office_name, is_sealed=False)
    yield Title(has_office=False)
    yield Space(4)
    yield Said(say(_CODE, "hello"))
    yield Said(say(_CODE, "coming"), below=4)
    yield Grid(contact_rows(letter, [("伺う日時", _when(letter))]))
    yield Space(6)
    for name in ("help_other_day", "help_card"):
        yield Said(say(_CODE, name), bullet="・")


def _when(letter: VisitNotice) -> str:
    day = letter.visit_on
    if day is None:
        return _BY_HAND
    half = f"　{HALF_LABEL[letter.half]}" if letter.half else ""
    return f"{day.month}月{day.day}日（{weekday_name(day)}）{half}"


VISIT_NOTICE: FormKind[VisitNotice] = FormKind(
    code=_CODE,
    title="訪問のお知らせ",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda letter: letter.case_number,
)
