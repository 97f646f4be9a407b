"""個人情報持出管理簿 (K-11): who took how much out when, with whose word, and that it came back. It names no household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.carry_out_forms import CarryOutRegister
from desktop.domain.carry_outs import CARRY_OUT_REASON, CARRY_OUT_STATE, CarryOutLine
from desktop.domain.clock import JAPAN
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.reports.blocks import Column, Said, Stamps, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 8)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("連番", 15, Align.LEFT),
        ("持出日時", 17, Align.LEFT),
        ("氏名", 20, Align.LEFT),
        ("目的", 11, Align.LEFT),
        ("行先", 24, Align.LEFT),
        ("世帯", 8.5, Align.RIGHT),
        ("情報の種類（媒体）", 34, Align.LEFT),
        ("枚数", 8.5, Align.RIGHT),
        ("匿名化", 10, Align.CENTRE),
        ("保護措置", 30, Align.LEFT),
        ("直行直帰", 14, Align.CENTRE),
        ("承認者・日時", 20, Align.LEFT),
        ("返却日時", 17, Align.LEFT),
        ("確認者・日時", 20, Align.LEFT),
        ("返却・廃棄", 15, Align.CENTRE),
        ("異常・備考", 26, Align.LEFT),
    )
)
_NOTHING = "この期間に持出しはありません。"


def _lay_out(register: CarryOutRegister) -> Iterator[Block]:
    imprint = register.imprint
    yield Title()
    stamps = [Stamp(position_label=label, name="", stamped_on=None) for label in _POSITIONS]
    yield Stamps(stamps, beside=True)
    yield Said(f"{imprint.day(register.since)}から{imprint.day(register.until)}まで", VALUE)
    yield Said(_counts(register), VALUE)
    rows = [_values(imprint, line) for line in register.lines]
    yield Table(_COLUMNS, rows, row=6.4, empty=_NOTHING)


_POSITIONS = ("課長", "査察指導員")


def _counts(register: CarryOutRegister) -> str:
    lines = register.lines
    back = sum(line.back_at is not None for line in lines)
    late = sum(line.is_late for line in lines)
    return f"持出し {len(lines):,}件　返却・廃棄 {back:,}件　返却されていないもの {late:,}件"


def _values(imprint: Imprint, line: CarryOutLine) -> tuple[str, ...]:
    kinds = "、".join(line.kinds)
    media = "・".join(line.media)
    approved = "\n".join(filter(None, (line.approved_by, _at(imprint, line.approved_at))))
    closed = "\n".join(filter(None, (line.closed_by, _at(imprint, line.closed_at))))
    return (
        *(line.label, _at(imprint, line.left_at or line.leaving_at), line.staff),
        *(CARRY_OUT_REASON[line.reason], line.area, f"{line.households:,}"),
        f"{kinds}（{media}）" if media else kinds,
        *(f"{line.sheets:,}", "した" if line.is_masked else "していない", line.protection),
        *("あり" if line.goes_home else "なし", approved, _at(imprint, line.back_at), closed),
        *(_outcome(line), _odd(line)),
    )


def _outcome(line: CarryOutLine) -> str:
    if line.back_at is None:
        return "未返却" if line.is_late else CARRY_OUT_STATE[line.state]
    return "廃棄" if line.destroyed else "返却"


def _odd(line: CarryOutLine) -> str:
    differs = line.sheets_back is not None and line.sheets_back != line.sheets
    return "　".join(filter(None, (f"返却 {line.sheets_back}枚" if differs else "", line.remark)))


def _at(imprint: Imprint, at: datetime | None) -> str:
    if at is None:
        return ""
    here = at.astimezone(JAPAN)
    return f"{imprint.day(here.date(), is_short=True)}\n{here:%H:%M}"


CARRY_OUT_REGISTER: FormKind[CarryOutRegister] = FormKind(
    code="K-11",
    title="個人情報持出管理簿",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)
