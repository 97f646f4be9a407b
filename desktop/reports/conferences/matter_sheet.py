"""会議資料・検討票 (S-02): what a meeting reads of one person before it decides, with room for what it decides by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from desktop.domain.conference_sheets import MatterSheet, MedicalLine, Proposed
from desktop.domain.imprint import Imprint
from desktop.reports.assessments.assessment_sheet import BARRIERS, barrier_rows, person_rows
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Note,
    Space,
    Table,
    Tag,
    Title,
    checks,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block

_TEXT = Style(FontRole.MINCHO, 9)
#: What a line of the boxes holds, in widths of a full letter.
_LABEL, _BOXES_EMS = 30.0, 42.0
_MEDICAL = (
    Column("だれの意見か", 26, Align.LEFT, _TEXT),
    Column("日", 18, Align.CENTRE, _TEXT),
    Column("就労についての意見", 44, Align.LEFT, _TEXT),
    Column("意見の言葉", 64, Align.LEFT, _TEXT),
    Column("再判断", 18, Align.CENTRE, _TEXT),
)
_NO_BARRIER = "印刷する要因はありません。"
_NO_EVIDENCE = "医学的な意見はまだありません。"


def _lay_out(sheet: MatterSheet) -> Iterator[Block]:
    imprint, conference = sheet.imprint, sheet.conference
    yield Title(has_office=False)
    yield Grid(
        [
            [
                Cell("会議", conference.kind),
                Cell("日", imprint.day(conference.planned_on)),
                Cell("議題", f"第{sheet.number}号　{sheet.kind}"),
            ]
        ],
        label_width=16.0,
    )
    yield Grid(
        [*person_rows(imprint, sheet.person), [Cell("アセスメント", sheet.assessed)]],
        label_width=_LABEL,
    )
    for shown, words in ((sheet.is_held, "安全の確認が先"), (sheet.is_disputed, "本人の異議あり")):
        if shown:
            yield Space(2)
            yield Tag(words, width=40.0)
    if sheet.proposed is not None:
        yield from _proposed(imprint, sheet.proposed)
    yield _described("いまの区分", sheet.standing)
    if sheet.flags:
        yield _described("気を付けること", sheet.flags)
    yield from _known(sheet)
    yield from _to_decide(sheet)


def _proposed(imprint: Imprint, proposed: Proposed) -> Iterator[Block]:
    yield Heading("提案（判定表による。決めるのは会議です）")
    rule = f"規則 {proposed.rule}（{imprint.day(proposed.valid_from)}からの表）"
    yield _described("提案の区分", f"{proposed.group}\n{rule}")
    yield _described("提案の理由", proposed.reason)
    if proposed.unknown:
        yield _described("分からないこと", proposed.unknown)
    if proposed.also:
        yield _described("ほかに当たる規則", proposed.also)


def _known(sheet: MatterSheet) -> Iterator[Block]:
    imprint = sheet.imprint
    yield Heading("分かっていること")
    yield _described("いまの就労", sheet.work)
    yield Table(
        _MEDICAL, [_medical(imprint, line) for line in sheet.medical], row=6.5, empty=_NO_EVIDENCE
    )
    rows = list(barrier_rows(imprint, sheet.barriers))
    yield Table(BARRIERS, rows, row=6.5, empty=_NO_BARRIER)
    yield _described("本人の意向", sheet.motivation)
    yield _described("自分での活動", sheet.drive)
    yield _described("本人の希望", sheet.wishes, lines=2)
    yield _described("本人の意見", sheet.comment)
    yield _described("担当員の見方", sheet.view, lines=2)
    yield Note(imprint.say(MATTER_SHEET.code, "hidden"))


def _to_decide(sheet: MatterSheet) -> Iterator[Block]:
    yield Heading("会議で決めること（手書き用。記録は会議録に残します）", keeps=40)
    if sheet.options:
        yield LongText("区分", _boxes(sheet.options), lines=2, label_width=_LABEL, style=_TEXT)
    yield LongText("理由", lines=2, label_width=_LABEL)
    yield Grid([[Cell("次の見直し", height=9), Cell("反対の意見", height=9)]], label_width=_LABEL)


def _boxes(options: Iterable[str]) -> str:
    """A box before each, as many on a line as stand there whole: no choice is parted from its words."""
    lines = [""]
    for option in options:
        box = checks([(option, False)])
        longer = "　".join(filter(None, (lines[-1], box)))
        if _ems(longer) <= _BOXES_EMS:
            lines[-1] = longer
        else:
            lines.append(box)
    return "\n".join(lines)


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def _medical(imprint: Imprint, line: MedicalLine) -> tuple[str, ...]:
    return (
        *(line.source, imprint.day(line.seen_on, is_short=True), line.answer, line.words),
        imprint.month(line.rejudge_on, is_short=True),
    )


def _described(label: str, text: str, *, lines: int = 1) -> Block:
    return LongText(label, text, lines=lines, label_width=_LABEL, style=_TEXT)


MATTER_SHEET: FormKind[MatterSheet] = FormKind(
    code="S-02",
    title="会議資料・検討票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.person.case_number,
)
