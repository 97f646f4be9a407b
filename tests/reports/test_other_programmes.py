"""The 他法他施策点検表 on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.domain.forms import OtherProgrammesForm
from desktop.domain.other_programmes import OtherProgramme, PersonToCheck, to_check
from desktop.domain.support_policies import IssueDomain
from desktop.reports.support_policies.other_programmes import OTHER_PROGRAMMES
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.reports.test_policy_sheet import CHILD
from tests.support.fakes import fake_id
from tests.support.policies import issue

PROGRAMMES = (
    OtherProgramme(code="old", label="老齢基礎年金", from_age=65, note="請求もれ"),
    OtherProgramme(code="child", label="児童手当", to_age=18),
    OtherProgramme(code="any", label="障害者手帳"),
)


def person(name: str, age: int | None, relation: str = "世帯主") -> PersonToCheck:
    return PersonToCheck(
        person_id=fake_id(name),
        name=name,
        relation=relation,
        age=age,
        items=to_check(PROGRAMMES, age),
    )


def form(**changes) -> OtherProgrammesForm:
    made = OtherProgrammesForm(
        imprint=make_imprint(),
        case_number="0001184",
        head_name="髙﨑　例太",
        district_name="01 架空町",
        checked_on=date(2026, 4, 10),
        people=(person("髙﨑　例太", 64), person("髙﨑　子見", 12, "子")),
        issues=(
            issue(
                "障害年金の請求が済んでいない",
                domain=IssueDomain.OTHER_PROGRAMMES,
                person_id=CHILD,
            ),
        ),
        names={CHILD: "髙﨑　子見"},
    )
    return replace(made, **changes)


def flat(made: OtherProgrammesForm, fonts) -> list[str]:
    return ["".join(text.split()) for text in page_texts(OTHER_PROGRAMMES.pdf(made, fonts).data)]


def test_each_member_has_what_fits_the_age(fonts):
    text = "".join(flat(form(), fonts))
    head, child = text.split("髙﨑子見（子・12歳）")
    assert "髙﨑例太（世帯主・64歳）" in head
    assert "○1年以内老齢基礎年金請求もれ" in head
    assert "児童手当" not in head
    assert "●年齢児童手当" in child
    assert "老齢基礎年金" not in child.split("援助方針の課題")[0]


def test_who_has_no_known_age_is_marked_so(fonts):
    text = "".join(flat(form(people=(person("髙﨑　例太", None),)), fonts))
    assert "（世帯主・年齢不明）" in text
    assert "？年齢不明老齢基礎年金" in text


def test_the_issues_of_the_policy_are_quoted(fonts):
    text = "".join(flat(form(), fonts))
    assert "課題髙﨑子見課題の内容障害年金の請求が済んでいない" in text
    assert "担当員：訪問のたびに残薬を数える" in text
    assert "課題はありません" in "".join(flat(form(issues=()), fonts))


def test_it_has_two_stamp_boxes_and_room_for_hand_writing(fonts):
    text = "".join(flat(form(), fonts))
    for words in ("担当査察指導員", "確認日", "結果", "所見・今後の手続き"):
        assert words in text
    assert "人が判断します" in text


def test_many_members_go_on_over_further_sheets(fonts):
    many = tuple(
        OtherProgramme(code=f"p{n}", label=f"{n}番の制度", note="確かめます") for n in range(40)
    )
    someone = replace(person("髙﨑　例太", 40), items=to_check(many, 40))
    pages = flat(form(people=(someone, someone)), fonts)
    assert len(pages) > 2
    assert all("K-24他法他施策点検表第2版" in page for page in pages)
    assert sum("髙﨑例太（続き）" in page for page in pages) == len(pages) - 1
    assert all("".join(pages).count(f"―{n}番の制度") == 2 for n in range(40))


def test_the_same_values_give_the_same_bytes(fonts):
    made = form(imprint=make_imprint(training=True))
    assert "研修用" in "".join(flat(made, fonts))
    assert OTHER_PROGRAMMES.pdf(made, fonts).data == OTHER_PROGRAMMES.pdf(made, fonts).data
