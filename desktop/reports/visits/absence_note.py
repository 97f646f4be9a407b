"""不在連絡票 (K-10): left in an envelope where nobody was at home. It names neither the help nor why somebody came."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.clock import JAPAN
from desktop.domain.era import weekday_name
from desktop.domain.household_forms import AbsenceNote
from desktop.reports.blocks import Cell, Grid, LongText, Said, Space, Title
from desktop.reports.form import FormKind
from desktop.reports.paper_size import A5
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY, NAME

_ROW = 11.0
_BY_HAND = "　　　月　　　日（　　）　　　時　　　分ごろ"
_UNTIL = "　　　月　　　日（　　）まで"


def _lay_out(note: AbsenceNote) -> Iterator[Block]:
    say = note.imprint.say
    yield Title(has_office=False)
    yield Said(f"{note.name}　{note.imprint.style.honorific}", NAME, label="宛名", below=4)
    yield Said(say(ABSENCE_NOTE.code, "came"))
    yield Said(say(ABSENCE_NOTE.code, "call"), below=3)
    who = "　".join(filter(None, (note.contact, note.caseworker)))
    rows = [
        ("伺った日時", _when(note)),
        ("次に伺う予定", _BY_HAND),
        ("ご連絡の期限", _UNTIL),
        ("担当", who),
        ("電話", note.phone),
    ]
    if note.hours:
        rows.append(("受付時間", note.hours))
    yield Grid([[Cell(label, value, height=_ROW, style=BODY)] for label, value in rows])
    yield LongText("連絡欄", lines=5)
    yield Space(3)
    yield Said(note.imprint.office_name, label="福祉事務所")


def _when(note: AbsenceNote) -> str:
    if note.came_at is None:
        return _BY_HAND
    at = note.came_at.astimezone(JAPAN)
    return f"{at.month}月{at.day}日（{weekday_name(at.date())}）{at:%H時%M分}ごろ"


ABSENCE_NOTE: FormKind[AbsenceNote] = FormKind(
    code="K-10",
    title="不在連絡票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A5,
)
