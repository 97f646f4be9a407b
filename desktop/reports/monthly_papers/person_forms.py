"""Forms that a person fills in: search for work (S-18), income (S-19), a job begun (S-20), training (S-23), self-reliance (S-24).

What the program knows is filled in, and the person reads it again before signing. A short form says nothing of why it is short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop.domain.monthly_paper_forms import PERSON_FORM, PersonForm, PersonFormKind
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    NewSheet,
    Note,
    Said,
    Signature,
    Space,
    Table,
    Title,
    checks,
)
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

_LABEL, _ROW, _WRITTEN = 38.0, 9.0, 10.0


def _search_report(form: PersonForm) -> Iterator[Block]:
    yield from _head(form, PersonFormKind.SEARCH_REPORT)
    yield Heading("仕事を探した様子")
    if form.is_short:
        yield Table(
            [
                Column("日", 2),
                Column("したこと（ハローワーク、応募、面接など）", 8),
                Column("結果", 3),
            ],
            [],
            row=9.0,
            blank=5,
        )
    else:
        yield Table(
            [Column("ハローワークなどへ行った日", 3), Column("相談や紹介の内容", 9)],
            [],
            row=8.0,
            blank=3,
        )
        yield Space(2)
        yield Table(
            [
                *(Column("応募・面接の日", 3), Column("会社・仕事", 5)),
                *(Column("応募の仕方", 3), Column("結果", 3)),
            ],
            [],
            row=8.0,
            blank=3,
        )
        yield LongText("そのほかの活動", lines=1, label_width=_LABEL)
    yield LongText("活動できなかったときの事情", lines=1, label_width=_LABEL)
    yield Heading("この月の収入")
    yield Grid(
        [[_cell("収入", checks([("あり（下に書く）", False), ("なし", False)]))]],
        label_width=_LABEL,
    )
    yield Table(
        [
            *(Column("種類", 3), Column("支払った人・会社", 5)),
            *(Column("金額（円）", 3, Align.RIGHT), Column("明細を添えた", 2, Align.CENTRE)),
        ],
        [],
        row=8.0,
        blank=2 if form.is_short else 3,
    )
    yield LongText("来月したいこと", lines=1, label_width=_LABEL)
    yield from _foot(form, PersonFormKind.SEARCH_REPORT)


def _income(form: PersonForm) -> Iterator[Block]:
    """Two sheets: what the household declares, and what an employer certifies."""
    yield from _head(form, PersonFormKind.INCOME)
    kinds = ("働いた収入", "年金・手当", "仕送り", "その他")
    yield Table(
        [Column("氏名", 4), *(Column(f"{kind}（円）", 3, Align.RIGHT) for kind in kinds)],
        [(name, "", "", "", "") for name in form.members],
        row=9.0,
        blank=max(2, 5 - len(form.members)),
    )
    yield Grid(
        [[_cell("収入", checks([("上のとおり", False), ("世帯の全員になし", False)]))]],
        label_width=_LABEL,
    )
    yield LongText("収入の内容（支払った人・期間）", lines=3, label_width=_LABEL)
    yield LongText("必要経費（交通費など）", lines=2, label_width=_LABEL)
    yield from _foot(form, PersonFormKind.INCOME, ["給与明細", "年金の通知", "通帳の写し"])
    yield NewSheet()
    yield from _wage_certificate(form)


def _wage_certificate(form: PersonForm) -> Iterator[Block]:
    code = PersonFormKind.INCOME.value
    yield Heading(form.imprint.label(code, "給与証明書（勤務先の方が書いてください）"))
    yield Said(form.imprint.say(code, "employer"), below=3)
    yield Grid(
        [
            [_cell("働いている人の氏名", form.name)],
            [_cell("雇い入れた日", ""), _cell("仕事の内容", "")],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield Table(
        [
            *(Column("月", 2), Column("働いた日数", 2), Column("総支給額（円）", 3, Align.RIGHT)),
            *(
                Column("うち通勤手当（円）", 3, Align.RIGHT),
                Column("控除（社会保険・税）（円）", 4, Align.RIGHT),
            ),
            *(Column("差引支給額（円）", 3, Align.RIGHT), Column("支払日", 2)),
        ],
        [],
        row=10.0,
        head=9.0,
        blank=3,
    )
    yield Space(3)
    yield Said(form.imprint.say(code, "certify"), below=3)
    yield Grid(
        [
            [_cell("証明した日", "")],
            [_cell("事業所の名と所在地", "")],
            [_cell("証明した人・電話", "")],
        ],
        label_width=_LABEL,
    )


def _work_notice(form: PersonForm) -> Iterator[Block]:
    yield from _head(form, PersonFormKind.WORK_NOTICE)
    kind = checks([("働き始めた", False), ("勤務先・条件が変わった", False), ("辞めた", False)])
    yield Grid(
        [
            [_cell("届け出ること", kind)],
            [_cell("その日", "")],
            [_cell("勤務先の名", "")],
            [_cell("勤務先の所在地・電話", "")],
            [_cell("仕事の内容", "")],
            [
                _cell(
                    "働き方",
                    checks(
                        [
                            ("正社員", False),
                            ("契約・派遣", False),
                            ("パート・アルバイト", False),
                            ("その他", False),
                        ]
                    ),
                )
            ],
            [_cell("働く時間", "　　時　　分　から　　　　時　　分　まで")],
            [_cell("週の日数", ""), _cell("働き始める日", "")],
            [
                _cell("給与", checks([("月給", False), ("日給", False), ("時給", False)])),
                _cell("その額（円）", ""),
            ],
            [_cell("通勤の方法", ""), _cell("通勤費（1か月・円）", "")],
            [_cell("給与の締め日・支払日", ""), _cell("初めての支払日", "")],
            [
                _cell(
                    "社会保険",
                    checks([("入る", False), ("入らない", False), ("分からない", False)]),
                )
            ],
        ],
        label_width=_LABEL,
    )
    yield LongText("辞めたときはその事情", lines=2, label_width=_LABEL)
    yield from _foot(
        form, PersonFormKind.WORK_NOTICE, ["雇用契約書・労働条件通知書の写し", "給与明細"]
    )


def _training(form: PersonForm) -> Iterator[Block]:
    yield from _head(form, PersonFormKind.TRAINING)
    kind = checks([("技能修得費", False), ("就職支度費", False), ("生業費", False)])
    yield Grid([[_cell("申請するもの", kind)]], label_width=_LABEL)
    yield Space(2)
    yield Grid(
        [
            [_cell("講座・資格・買うもの", "")],
            [_cell("学校・店の名と所在地", "")],
            [_cell("期間", "　　　年　　月　　日　から　　　　年　　月　　日　まで")],
            [_cell("時間・日数", "")],
        ],
        label_width=_LABEL,
    )
    yield LongText("仕事にどうつながるか", lines=4, label_width=_LABEL)
    yield Space(2)
    yield Table(
        [Column("費用の内訳", 6), Column("見積額（円）", 3, Align.RIGHT), Column("支払う時期", 3)],
        [],
        row=9.0,
        blank=5,
    )
    yield Grid([[_cell("合計（円）", "")], [_cell("振込先", "")]], label_width=_LABEL)
    yield from _foot(
        form, PersonFormKind.TRAINING, ["見積書", "講座の案内", "採用・内定を示す書類"]
    )


def _self_reliance(form: PersonForm) -> Iterator[Block]:
    yield from _head(form, PersonFormKind.SELF_RELIANCE)
    yield Grid(
        [
            [_cell("得た（得る）収入の種類", "")],
            [_cell("支払った人", ""), _cell("受け取った日", "")],
            [_cell("金額（円）", "")],
        ],
        label_width=_LABEL,
    )
    yield Space(3)
    yield Table(
        [
            *(Column("使いみち", 5), Column("自立にどう役立つか", 6)),
            *(Column("費用（円）", 3, Align.RIGHT), Column("使う時期", 3)),
        ],
        [],
        row=11.0,
        blank=6,
    )
    yield Grid([[_cell("費用の合計（円）", "")]], label_width=_LABEL)
    yield LongText("これからの暮らしの目標", lines=3, label_width=_LABEL)
    yield from _foot(form, PersonFormKind.SELF_RELIANCE, ["収入を示す書類", "見積書・領収書"])


def _head(form: PersonForm, kind: PersonFormKind) -> Iterator[Block]:
    imprint, code = form.imprint, kind.value
    yield Title(has_office=False)
    yield Said(f"{imprint.style.signatory or imprint.office_name}　{imprint.label(code, 'あて')}")
    yield Said(imprint.say(code, "asking"), below=3)
    rows = [
        [_cell("書いた日", ""), _cell("ケース番号", form.case_number)],
        [_cell("氏名", form.name), _cell("生年月日", imprint.day(form.birth_date))],
        [_cell("住所", form.address)],
    ]
    if kind in (PersonFormKind.SEARCH_REPORT, PersonFormKind.INCOME):
        month = f"{imprint.month(form.month)}分" if form.month else "　　　年　　月分"
        rows.append([_cell("いつの分", month), _cell("担当", form.caseworker)])
    yield Grid(rows, label_width=_LABEL)
    yield Space(2)


def _foot(form: PersonForm, kind: PersonFormKind, papers: Sequence[str] = ()) -> Iterator[Block]:
    if papers:
        yield Grid(
            [[_cell("添える書類", checks((paper, False) for paper in papers))]], label_width=_LABEL
        )
    yield Note(form.imprint.say(kind.value, "check"))
    yield Signature("署名")


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW if value else _WRITTEN, style=BODY)


def _form(
    kind: PersonFormKind, lay_out: Callable[[PersonForm], Iterator[Block]]
) -> FormKind[PersonForm]:
    return FormKind(
        code=kind.value,
        title=PERSON_FORM[kind],
        edition="第1版",
        lay_out=lay_out,
        subject=lambda form: form.case_number,
    )


SEARCH_REPORT = _form(PersonFormKind.SEARCH_REPORT, _search_report)
INCOME_REPORT = _form(PersonFormKind.INCOME, _income)
WORK_NOTICE = _form(PersonFormKind.WORK_NOTICE, _work_notice)
TRAINING_APPLICATION = _form(PersonFormKind.TRAINING, _training)
SELF_RELIANCE_PLAN = _form(PersonFormKind.SELF_RELIANCE, _self_reliance)
PERSON_FORMS = {
    PersonFormKind(form.code): form
    for form in (
        SEARCH_REPORT,
        INCOME_REPORT,
        WORK_NOTICE,
        TRAINING_APPLICATION,
        SELF_RELIANCE_PLAN,
    )
}
