"""稼働能力・就労支援アセスメント票 (S-01): the answers of one assessment, usually on two sheets.

It names no support group. What is sensitive, and what was written about safety, stands on it only where that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.assessment_sheets import AssessmentSheet, BarrierLine, DriveLine, SheetPerson
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import (
    Beside,
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Note,
    OfficeName,
    Stamps,
    Table,
    Title,
)
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block

_TEXT = Style(FontRole.MINCHO, 9)
_LABEL = 30.0
#: Columns of the barriers, also for the sheet of a conference.
BARRIERS = (
    Column("要因", 36, Align.LEFT, _TEXT),
    Column("状態", 26, Align.LEFT, _TEXT),
    Column("解消の見込み", 20, Align.CENTRE, _TEXT),
    Column("根拠", 34, Align.LEFT, _TEXT),
    Column("すること・相談先", 36, Align.LEFT, _TEXT),
    Column("確認した日", 18, Align.CENTRE, _TEXT),
)
_DRIVE = (
    Column("確かめること（＊は欠かせない項目）", 84, Align.LEFT, _TEXT),
    Column("答え", 16, Align.CENTRE, _TEXT),
    Column("要る手助け", 70, Align.LEFT, _TEXT),
)
_POSITIONS = ("担当", "査察指導員")
_NO_BARRIER = "印刷する要因はありません。"


def person_rows(imprint: Imprint, person: SheetPerson) -> list[list[Cell]]:
    """The head of every sheet about somebody."""
    age = "" if person.age is None else f"（{person.age}歳）"
    return [
        [Cell("ケース番号", person.case_number), Cell("地区", person.district)],
        [Cell("氏名", person.name), Cell("生年月日", f"{imprint.day(person.birth_date)}{age}")],
    ]


def barrier_rows(imprint: Imprint, lines: Sequence[BarrierLine]) -> Iterator[tuple[str, ...]]:
    """The barriers as rows of a table of `BARRIERS`."""
    for line in lines:
        acts = "　".join(filter(None, (line.action, line.partner)))
        yield (
            *(line.label, line.state, imprint.month(line.expected_on, is_short=True)),
            *(line.evidence, acts, imprint.day(line.as_of, is_short=True)),
        )


def _lay_out(sheet: AssessmentSheet) -> Iterator[Block]:
    imprint = sheet.imprint
    stamps = [Stamp(position_label=label, name="", stamped_on=None) for label in _POSITIONS]
    yield Title(has_office=False)
    yield Beside([OfficeName()], [Stamps(stamps)], share=0.5)
    yield Grid(
        [
            *person_rows(imprint, sheet.person),
            [Cell("種類", sheet.kind), Cell("評価した日", imprint.day(sheet.made_on))],
            [Cell("書いた人", sheet.author), Cell("様式の版", imprint.day(sheet.form_on))],
        ],
        label_width=_LABEL,
    )
    yield from _answers(sheet)
    yield Heading("そのほか")
    for label, text in (
        ("資格・経験・強み", sheet.resources),
        ("希望", sheet.wishes),
        ("地域の求人", sheet.market),
        ("暮らし", sheet.life),
        ("担当員の見方", sheet.view),
    ):
        yield _described(label, text, lines=2)
    yield Heading("安全")
    yield _described("安全の心配", sheet.safety)
    yield Heading("本人の意見")
    shown_on = imprint.day(sheet.comment_on)
    yield Grid([[Cell("意見", sheet.comment), Cell("示した日", shown_on)]], label_width=_LABEL)
    yield _described("本人の言葉", sheet.comment_words, lines=2)
    yield Note(imprint.say(ASSESSMENT_SHEET.code, "whole" if sheet.is_whole else "hidden"))


def _answers(sheet: AssessmentSheet) -> Iterator[Block]:
    imprint = sheet.imprint
    yield Heading("１　対象　　２　いまの就労")
    yield _described("対象", sheet.scope)
    yield _described("いまの就労", _lines(sheet.work, sheet.job))
    yield Heading("３　健康")
    yield _described("就労についての意見", sheet.health)
    yield Grid(
        [
            [
                Cell("だれの意見か", sheet.health_source),
                Cell("意見の日", imprint.day(sheet.health_on)),
                Cell("再判断の月", imprint.month(sheet.rejudge_on)),
            ]
        ],
        label_width=24.0,
    )
    yield _described("意見の言葉", sheet.health_words)
    yield Heading("４　就労阻害要因")
    yield _described("全体", sheet.barriers_whole)
    rows = list(barrier_rows(imprint, sheet.barriers))
    yield Table(BARRIERS, rows, row=6.5, empty=_NO_BARRIER)
    yield Heading("５　本人の意向")
    yield _described("意向", sheet.motivation)
    yield _described(
        "聞いた日・根拠", _lines(imprint.day(sheet.motivation_on), sheet.motivation_words)
    )
    yield Heading("６　自分で活動できるか")
    yield _described("全体", sheet.drive)
    yield Table(_DRIVE, [_drive(line) for line in sheet.drive_lines], row=5.8)


def _drive(line: DriveLine) -> tuple[str, str, str]:
    return f"{'＊' if line.is_essential else '　'}{line.label}", line.said, line.help


def _described(label: str, text: str, *, lines: int = 1) -> Block:
    return LongText(label, text, lines=lines, label_width=_LABEL, style=_TEXT)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


ASSESSMENT_SHEET: FormKind[AssessmentSheet] = FormKind(
    code="S-01",
    title="稼働能力・就労支援アセスメント票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.person.case_number,
)
