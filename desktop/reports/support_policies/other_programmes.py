"""他法他施策点検表 (K-24): what comes before protection (法4条2項), to be checked for each member and filled in by hand.

The marks come from age alone; whether anybody is entitled is for people to find out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from desktop.domain.forms import OtherProgrammesForm, Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.other_programmes import Chance, PersonToCheck
from desktop.domain.support_policies import ACTOR, Issue
from desktop.reports.blocks import (
    Beside,
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Note,
    OfficeName,
    Said,
    Space,
    Stamps,
    Table,
    Title,
    Together,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import HEADING, LABEL, VALUE

CHANCE: Mapping[Chance, str] = {
    Chance.NOW: "● 年齢",
    Chance.SOON: "○ 1年以内",
    Chance.AGE_UNKNOWN: "？ 年齢不明",
    Chance.ANY_AGE: "―",
}
_COLUMNS = (
    Column("候補", 20, style=LABEL),
    Column("制度", 66),
    Column("確かめること", 44, style=LABEL),
    Column("確認日", 18),
    Column("結果", 26),
)
_ROW = 8.0
_STAMPS = tuple(
    Stamp(position_label=label, name="", stamped_on=None) for label in ("担当", "査察指導員")
)
_NO_ITEM = "点検する項目はありません。"
_FINDINGS = 21.0


def _lay_out(form: OtherProgrammesForm) -> Iterator[Block]:
    code = OTHER_PROGRAMMES.code
    yield Title(has_office=False)
    yield Beside([OfficeName()], [Stamps(_STAMPS)], share=0.6)
    yield Grid(
        [
            [Cell("ケース番号", form.case_number), Cell("地区", form.district_name)],
            [Cell("世帯主", form.head_name)],
            [Cell("点検日", form.imprint.day(form.checked_on))],
        ]
    )
    yield Space(1)
    yield Note(form.imprint.say(code, "legend"))
    for person in form.people:
        yield from _person(person)
    yield Heading("援助方針の課題（他法他施策）")
    if not form.issues:
        yield Said(form.imprint.say(code, "no_issue"), VALUE, indent=2)
    for issue in form.issues:
        yield from _issue(form, issue)
    yield Space(4)
    yield Grid([[Cell("所見・今後の手続き", height=_FINDINGS)]])


def _person(person: PersonToCheck) -> Iterator[Block]:
    age = "年齢不明" if person.age is None else f"{person.age}歳"
    about = f"{person.name}（{person.relation}・{age}）"
    yield Heading(about, keeps=_ROW * 3, place="世帯員")
    rows = [
        (CHANCE[item.chance], item.programme.label, item.programme.note, "", "")
        for item in person.items
    ]
    yield Table(_COLUMNS, rows, row=_ROW, empty=_NO_ITEM, name=person.name)


def _issue(form: OtherProgrammesForm, issue: Issue) -> Iterator[Block]:
    who = form.names.get(issue.person_id, "世帯員") if issue.person_id else "世帯全体"
    head = Grid([[Cell("課題", who, style=HEADING)]])
    yield Together(24, (head, LongText("課題の内容", issue.text or "―")))
    for label, text in _parts(form.imprint, issue):
        if text:
            yield LongText(label, text)
    yield Space(2)


def _parts(imprint: Imprint, issue: Issue) -> Iterator[tuple[str, str]]:
    yield "事実", issue.fact
    yield (
        "取組",
        "\n".join(f"{ACTOR[a.actor]}：{a.what}{_by(imprint, a.by_on)}" for a in issue.actions),
    )


def _by(imprint: Imprint, day: date | None) -> str:
    return f"（{imprint.day(day, is_short=True)}まで）" if day else ""


OTHER_PROGRAMMES: FormKind[OtherProgrammesForm] = FormKind(
    code="K-24",
    title="他法他施策点検表",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
