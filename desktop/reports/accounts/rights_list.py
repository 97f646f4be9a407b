"""権限一覧表 (R-01): who holds which role and which district since when, to be looked through once a year."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.forms import Stamp
from desktop.domain.rights_forms import HeldRight, RightsList
from desktop.reports.blocks import Column, Said, Stamps, Table, Title
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_COLUMNS = (
    Column("番号", 9, Align.RIGHT),
    Column("氏名", 38),
    Column("利用者名", 34),
    Column("状態", 18, Align.CENTRE),
    Column("種類", 20, Align.CENTRE),
    Column("職務・担当", 62),
    Column("から", 30, Align.CENTRE),
    Column("まで", 30, Align.CENTRE),
    Column("確認", 14),
    Column("備考", 30),
)
_NOBODY = "職員が登録されていません。"
_NOTHING = "なし"
_LOOKED_BY = ("システム管理者", "課長")


def _lay_out(form: RightsList) -> Iterator[Block]:
    yield Title()
    yield Stamps(
        [Stamp(position_label=label, name="", stamped_on=None) for label in _LOOKED_BY], beside=True
    )
    yield Said(f"{form.imprint.day(form.on)}現在　職員 {form.people:,}人", VALUE)
    yield Table(
        _COLUMNS,
        [(f"{n:,}", *_values(form, line)) for n, line in enumerate(form.lines, start=1)],
        row=6.6,
        empty=_NOBODY,
    )


def _values(form: RightsList, line: HeldRight) -> tuple[str, ...]:
    day = form.imprint.day
    return (
        line.name,
        line.login,
        "利用中" if line.is_active else "利用停止",
        line.kind,
        line.held or _NOTHING,
        day(line.since),
        day(line.until),
        "",
        "",
    )


RIGHTS_LIST: FormKind[RightsList] = FormKind(
    code="R-01",
    title="権限一覧表",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)
