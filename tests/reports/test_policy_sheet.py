"""The 援助方針記録票 on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from desktop.domain.forms import FormMark, PolicyForm, Stamp
from desktop.domain.ids import new_id
from desktop.domain.support_policies import (
    Evidence,
    Independence,
    IssueDomain,
    PolicyKind,
    PolicyState,
    Standing,
    SupportPolicy,
)
from desktop.reports.support_policies.policy_sheet import POLICY_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.support.fakes import CLOCK, fake_id
from tests.support.policies import issue

CHILD = fake_id("child")
QUOTE = Evidence(
    entry_id=new_id(),
    entry_version=1,
    segment_id=new_id(),
    start=0,
    end=7,
    quote="半分残っていた。",
)


def policy(*issues, **changes) -> SupportPolicy:
    made = SupportPolicy(
        policy_id=UUID(int=1),
        household_id=UUID(int=2),
        kind=PolicyKind.YEARLY,
        state=PolicyState.APPROVED,
        version=1,
        approved_version=1,
        made_on=date(2026, 3, 2),
        approved_at=CLOCK.now(),
        review_due_on=date(2027, 3, 10),
        follows=UUID(int=3),
        author_id=UUID(int=4),
        author="模擬　一子",
        saved_at=CLOCK.now(),
        situation="単身で暮らしている。",
        evaluation="服薬は前進した。",
        issues=issues or (issue(evidence=(QUOTE,)),),
        content_hash="",
    )
    return replace(made, **changes)


def form(**changes) -> PolicyForm:
    made = PolicyForm(
        imprint=make_imprint(mark=FormMark.ORIGINAL),
        case_number="0001184",
        head_name="髙﨑　例太",
        district_name="01 架空町",
        policy=policy(),
        previous_on=date(2025, 3, 1),
        names={CHILD: "髙﨑　子見"},
        stamps=(
            Stamp(position_label="担当", name="模擬　一子", stamped_on=date(2026, 3, 2)),
            Stamp(position_label="査察指導員", name="想定　一子", stamped_on=date(2026, 3, 10)),
            Stamp(position_label="課長", name="", stamped_on=None),
        ),
    )
    return replace(made, **changes)


def flat(made: PolicyForm, fonts) -> list[str]:
    return ["".join(text.split()) for text in page_texts(POLICY_SHEET.pdf(made, fonts).data)]


def test_grade_and_visits_stand_on_it(fonts):
    planned = policy(grade="B", visits_per_year=6)
    assert "訪問格付・年間回数B年6回" in "".join(flat(form(policy=planned), fonts))


def test_every_part_of_the_policy_stands_on_it(fonts):
    text = "".join(flat(form(), fonts))
    for words in (
        "0001184",
        "髙﨑例太",
        "定期",
        "令和8年3月2日",
        "令和7年3月1日",
        "令和9年3月10日",
        "単身で暮らしている。",
        "服薬は前進した。",
        "日常生活自立",
        "服薬が続いていない",
        "「半分残っていた。」",
        "短期（3か月）毎朝薬をのむ",
        "担当員：訪問のたびに残薬を数える",
        "［残薬の数］",
        "本人への説明",
        "想定一子",
    ):
        assert words in text


def test_a_kind_of_independence_without_an_issue_says_so(fonts):
    assert "".join(flat(form(), fonts)).count("課題はありません。") == 2


def test_an_issue_of_a_member_names_the_member(fonts):
    schooling = issue(
        "進路が決まらない",
        person_id=CHILD,
        independence=Independence.SOCIAL,
        domain=IssueDomain.SCHOOLING,
        standing=Standing.CONTINUED,
    )
    text = "".join(flat(form(policy=policy(schooling)), fonts))
    assert "就学・養育・髙﨑子見［継続］" in text


def test_a_long_text_goes_on_over_further_sheets_and_nothing_is_lost(fonts):
    words = "".join(f"{number}番目の文です。" for number in range(600))
    made = form(policy=policy(issue(words), situation=words))
    pages = flat(made, fonts)
    assert len(pages) > 3
    assert all("K-05援助方針記録票第2版" in page for page in pages)
    assert all("".join(pages).count(f"、{n}番目") <= 2 for n in range(600))
    for number in (0, 299, 599):
        assert "".join(pages).count(f"{number}番目の文") >= 2


def test_drafts_and_the_training_office_say_what_they_are(fonts):
    text = "".join(flat(form(imprint=make_imprint(mark=FormMark.DRAFT, training=True)), fonts))
    assert "案" in text
    assert "研修用" in text


def test_the_same_policy_gives_the_same_bytes(fonts):
    made = form()
    assert POLICY_SHEET.pdf(made, fonts).data == POLICY_SHEET.pdf(made, fonts).data


def test_a_character_that_no_font_has_is_named(fonts):
    made = form(policy=policy(issue("字は𰻞です")))
    assert [m.place for m in POLICY_SHEET.pdf(made, fonts).missing] == ["K-05 0001184 課題の内容"]
