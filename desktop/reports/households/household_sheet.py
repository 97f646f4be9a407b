"""保護台帳 (K-02): the household on two sheets, from the ledger's facts; fields after visits-records-approval 6.

What the program does not hold (本籍, 学歴, 生活歴, 扶養義務者 …) is ruled room for handwriting, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.dates import age_on
from desktop.domain.entries import format_postal
from desktop.domain.household_forms import HouseholdSheet
from desktop.domain.households import Member
from desktop.domain.imprint import Imprint
from desktop.domain.labels import (
    HOUSEHOLD_STATE,
    HOUSEHOLD_TYPE,
    RELATION,
    RESIDENCE,
    SAFETY_MARK,
    SEX,
)
from desktop.domain.office import Period
from desktop.reports.blocks import Cell, Column, Grid, Heading, LongText, Note, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block

_SMALL = Style(FontRole.MINCHO, 9)
_MEMBERS = (
    Column("氏名\n（カナ）", 36, style=_SMALL),
    Column("続柄", 13, Align.CENTRE, _SMALL),
    Column("生年月日\n（年齢）", 25, Align.CENTRE, _SMALL),
    Column("性別", 9, Align.CENTRE, _SMALL),
    Column("職業・就労先", 25, style=_SMALL),
    Column("学歴・就学", 17, style=_SMALL),
    Column("健康・障害", 17, style=_SMALL),
    Column("在所", 32, style=_SMALL),
)
_KIN = (
    Column("扶養義務者の氏名", 34),
    Column("続柄", 14),
    Column("住所", 50),
    Column("職業", 22),
    Column("扶養の可否", 22),
    Column("照会日", 22),
)
_HELPERS = (
    Column("関係機関・緊急連絡先・主治医・介護支援専門員・民生委員", 70),
    Column("氏名・名称", 50),
    Column("電話", 44),
)
_FACTS = (
    Column("期間", 34, style=_SMALL),
    Column("事項", 22, style=_SMALL),
    Column("内容", 108, style=_SMALL),
)
_CARED = (
    Column("期間", 44, style=_SMALL),
    Column("地区", 50, style=_SMALL),
    Column("担当員", 70, style=_SMALL),
)


def _lay_out(form: HouseholdSheet) -> Iterator[Block]:
    file, imprint = form.file, form.imprint
    yield Title()
    yield Grid(list(_head(form)))
    yield Heading("世帯員")
    yield Table(_MEMBERS, [_member(imprint, m, form) for m in file.members], head=10)
    if file.former_members:
        yield Note("次の人は、この日には世帯を離れています。")
        yield Table(_MEMBERS, [_member(imprint, m, form) for m in file.former_members], head=10)
    yield Heading("生活歴・職歴・病歴")
    yield LongText("生活歴・職歴", lines=3)
    yield LongText("病歴", lines=2)
    yield LongText("開始の理由", lines=2)
    yield Grid(
        [
            [Cell("住居の状況", height=12), Cell("資産", height=12)],
            [Cell("収入の種類", height=12), Cell("他法他施策", height=12)],
        ]
    )
    yield Heading("扶養義務者")
    yield Table(_KIN, [], blank=4)
    yield Heading("関係機関・連絡先")
    yield Table(_HELPERS, [], blank=4)
    yield LongText("配慮すること", _marks(form), lines=2)
    yield Heading("担当員の履歴")
    cared = [(_period(imprint, c.period), c.district, c.caseworker) for c in form.history]
    yield Table(_CARED, cared, empty="担当員の記録はありません。")
    yield Heading("これまでの事項")
    facts = [(_period(imprint, f.period), f.label, f.value) for f in file.facts]
    yield Table(_FACTS, facts, empty="記録された事項はありません。")


def _head(form: HouseholdSheet) -> Iterator[list[Cell]]:
    file, imprint = form.file, form.imprint
    bar = file.identity
    kind = HOUSEHOLD_TYPE[file.household_type] if file.household_type else ""
    yield [
        Cell("ケース番号", bar.case_number),
        Cell("地区", f"{bar.district_code} {bar.district_name}"),
    ]
    yield [Cell("世帯主", f"{bar.head_name}（{bar.head_kana}）", height=10)]
    address = f"{format_postal(file.postal_code)} {file.address}".lstrip()
    yield [Cell("住所", address, height=10)]
    yield [Cell("本籍"), Cell("電話")]
    yield [
        Cell("保護開始", imprint.day(file.started_on)),
        Cell("保護廃止", imprint.day(form.closed_on)),
    ]
    yield [Cell("状態", HOUSEHOLD_STATE[bar.state]), Cell("廃止の理由")]
    yield [Cell("世帯類型", kind), Cell("訪問格付", file.visit_grade)]
    yield [Cell("担当員", bar.caseworker), Cell("作成の基準日", imprint.day(file.as_of))]


def _member(imprint: Imprint, member: Member, form: HouseholdSheet) -> tuple[str, ...]:
    born = member.birth_date
    age = "" if born is None else f"（{age_on(born, form.file.as_of)}歳）"
    died = f"\n{imprint.day(member.died_on, is_short=True)}死亡" if member.died_on else ""
    left = member.period.valid_to
    gone = f"\n{imprint.day(left, is_short=True)}まで" if left and left < form.file.as_of else ""
    where = "\n".join(filter(None, (RESIDENCE[member.residence], member.residence_place)))
    return (
        f"{member.name}\n（{member.kana}）",
        RELATION[member.relation],
        f"{imprint.day(born, is_short=True) or '不明'}\n{age}".rstrip(),
        SEX[member.sex],
        member.work,
        "",
        "",
        f"{where}{died}{gone}",
    )


def _marks(form: HouseholdSheet) -> str:
    """Marks that hold on the day (DV・面談の制限 …); what else is to be minded is written by hand."""
    return "、".join(
        f"{SAFETY_MARK[mark.kind]}（{_period(form.imprint, mark.period)}）"
        for mark in form.file.marks
        if mark.period.covers(form.file.as_of)
    )


def _period(imprint: Imprint, period: Period) -> str:
    return f"{imprint.day(period.valid_from, is_short=True)}～{imprint.day(period.valid_to, is_short=True)}"


HOUSEHOLD_SHEET: FormKind[HouseholdSheet] = FormKind(
    code="K-02",
    title="保護台帳",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.file.identity.case_number,
)
