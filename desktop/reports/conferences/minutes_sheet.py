"""会議録 (K-14): who met, matter by matter what was said and decided, and what the supervisor decided from the list meanwhile.

It is a draft (案) until the meeting is closed: nothing can be added to it after that.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.conference_sheets import MinutedMatter, MinutesSheet, UnchangedLine
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.assessments.assessment_sheet import person_rows
from desktop.reports.blocks import (
    Beside,
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    OfficeName,
    Space,
    Stamps,
    Table,
    Title,
    Together,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 9)
#: A matter whose texts take the lines they are given stands on one sheet.
_LABEL, _MATTER_HEIGHT = 30.0, 100.0
_POSITIONS = ("担当", "査察指導員", "課長", "所長")
_DIFFERENT = "提案と違う区分に決めた"
_UNCHANGED = (
    Column("ケース番号", 22, Align.LEFT, _TEXT),
    Column("氏名", 32, Align.LEFT, _TEXT),
    Column("区分（変わりなし）", 56, Align.LEFT, _TEXT),
    Column("決めた日", 20, Align.CENTRE, _TEXT),
    Column("決めた人", 24, Align.LEFT, _TEXT),
    Column("次の見直し", 20, Align.CENTRE, _TEXT),
)
_NOBODY = "前の会議のあと、変わりなしで決めた人はいません。"


def _lay_out(sheet: MinutesSheet) -> Iterator[Block]:
    imprint, conference = sheet.imprint, sheet.conference
    stamps = [Stamp(position_label=label, name="", stamped_on=None) for label in _POSITIONS]
    yield Title(has_office=False)
    yield Beside([OfficeName()], [Stamps(stamps)], share=0.4)
    yield Grid(
        [
            [Cell("会議", conference.kind), Cell("場所", conference.place)],
            [
                Cell("招集の日", imprint.day(conference.planned_on)),
                Cell("開いた日", imprint.day(conference.held_on)),
            ],
        ],
        label_width=_LABEL,
    )
    yield LongText("出席者", "、".join(sheet.members), label_width=_LABEL, style=VALUE)
    for matter in sheet.matters:
        yield Together(_MATTER_HEIGHT, [*_matter(imprint, matter)])
    if sheet.is_whole:
        yield Heading("変わりなしの報告（前の会議のあと、査察指導員が会議によらずに決めた人）")
        yield Table(
            _UNCHANGED, [_line(imprint, line) for line in sheet.unchanged], row=6.2, empty=_NOBODY
        )


def _matter(imprint: Imprint, matter: MinutedMatter) -> Iterator[Block]:
    yield Heading(f"第{matter.number}号　{matter.kind}", keeps=40, place="議題")
    yield Grid(person_rows(imprint, matter.person), label_width=_LABEL)
    for label, text, lines in (
        ("読んだ書類", matter.papers, 1),
        ("話し合い", matter.discussion, 3),
        ("本人の意見", matter.persons_view, 1),
        ("反対の意見", matter.dissent, 1),
        ("提案の区分", matter.proposed, 1),
        ("結論", _decided(matter), 1),
        ("理由", matter.reason, 2),
    ):
        yield LongText(label, text, lines=lines, label_width=_LABEL, style=_TEXT)
    yield Grid(
        [
            [
                Cell("次の見直し", imprint.day(matter.next_review_on)),
                Cell("決めた人", matter.decided_by),
            ],
            [Cell("対応する人・期限"), Cell("書いた人", matter.written_by)],
        ],
        label_width=_LABEL,
    )
    yield Space(2)


def _decided(matter: MinutedMatter) -> str:
    return f"{matter.decided}（{_DIFFERENT}）" if matter.is_different else matter.decided


def _line(imprint: Imprint, line: UnchangedLine) -> tuple[str, ...]:
    def day(name: str) -> str:
        return imprint.day(getattr(line, name), is_short=True)

    return (
        *(line.case_number, line.name, line.group, day("decided_on"), line.decided_by),
        day("next_review_on"),
    )


MINUTES_SHEET: FormKind[MinutesSheet] = FormKind(
    code="K-14",
    title="会議録",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
)
