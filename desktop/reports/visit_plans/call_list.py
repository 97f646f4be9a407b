"""電話連絡リスト (K-08T): the announced visits of an approved month by day and half-day, with boxes for what came of the call."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.call_lists import CALL_LIST_CODE, TOLD_BY, CallLine, CallList, ToldBy
from desktop.domain.era import weekday_name
from desktop.domain.imprint import Imprint
from desktop.domain.visit_plan_forms import NOT_TOLD
from desktop.domain.working_time import HALF_LABEL
from desktop.reports.blocks import Note, Said, Table, Title, checks
from desktop.reports.blocks.table import Column
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 9)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("番号", 9, Align.RIGHT),
        ("訪問日", 19, Align.CENTRE),
        ("予定", 17, Align.CENTRE),
        ("ケース番号", 21, Align.LEFT),
        ("世帯主", 35, Align.LEFT),
        ("知らせ方", 39, Align.LEFT),
        ("電話番号", 31, Align.LEFT),
        ("結果", 46, Align.LEFT),
        ("メモ", 50, Align.LEFT),
    )
)
_RESULTS = ("通じた", "不在", "伝言", "変更希望")
_NOBODY = "知らせる訪問はありません。"
_NO_PHONE = "電話不可"
_UNKNOWN = "（登録なし）"


def _lay_out(form: CallList) -> Iterator[Block]:
    imprint = form.imprint
    yield Title()
    district = f"{form.district_code} {form.district_name}"
    said = f"{imprint.month(form.month)}　地区 {district}　担当員 {form.caseworker}"
    yield Said(said, VALUE, label="担当員")
    yield Said(imprint.say(CALL_LIST_CODE, "about", day=imprint.day(form.as_of)), _TEXT)
    if any(line.is_shielded for line in form.lines):
        yield Said(imprint.say(CALL_LIST_CODE, "not_told"), _TEXT)
    rows = [_values(imprint, line, n, district) for n, line in enumerate(form.lines, 1)]
    yield Table(_COLUMNS, rows, row=11.0, head=7.0, empty=_NOBODY)
    yield Note(imprint.say(CALL_LIST_CODE, "asking"))


def _values(imprint: Imprint, line: CallLine, number: int, district: str) -> tuple[str, ...]:
    half = HALF_LABEL[line.half] if line.half else ""
    order = f"{line.order}番" if line.order else ""
    return (
        f"{number}",
        f"{line.day.month}/{line.day.day}（{weekday_name(line.day)}）",
        " ".join(filter(None, (half, order))),
        line.case_number,
        f"{NOT_TOLD}（{district}）" if line.is_shielded else line.head_name,
        "、".join(_told(imprint, line, way) for way in line.told_by) or NOT_TOLD,
        _number(line),
        _boxes() if line.may_call else "",
        "",
    )


def _told(imprint: Imprint, line: CallLine, way: ToldBy) -> str:
    """The way, and of a letter the day on which it was issued."""
    if way is ToldBy.LETTER and line.letter_on is not None:
        return f"{TOLD_BY[way]}（{imprint.day(line.letter_on, is_short=True)}）"
    return TOLD_BY[way]


def _number(line: CallLine) -> str:
    if line.is_shielded:
        return NOT_TOLD
    return (line.number or _UNKNOWN) if line.may_call else _NO_PHONE


def _boxes() -> str:
    """Two lines of boxes to tick."""
    halves = (_RESULTS[:2], _RESULTS[2:])
    return "\n".join(checks((label, False) for label in each) for each in halves)


CALL_LIST: FormKind[CallList] = FormKind(
    code=CALL_LIST_CODE,
    title="電話連絡リスト",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.district_code,
    paper=A4_ACROSS,
)
