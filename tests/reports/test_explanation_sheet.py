"""The 援助方針説明書 for the person himself on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.forms import ExplanationSheet
from desktop.domain.readings import Read, Readings, read_name
from desktop.domain.support_policies import Action, Actor, Goal, Standing, Term
from desktop.reports.fonts import FontRole
from desktop.reports.page import Style
from desktop.reports.ruby import RubySetter
from desktop.reports.support_policies.explanation_sheet import EXPLANATION_SHEET, fixed_words
from desktop.reports.text_encoder import TextEncoder
from tests.domain.test_readings import SHIPPED
from tests.reports.reading import page_texts
from tests.reports.samples import WORDING, make_imprint
from tests.reports.test_policy_sheet import CHILD, policy
from tests.support.fakes import fake_id
from tests.support.policies import issue

HEAD = fake_id("head")
HEAD_NAME = read_name("髙﨑　例太", "タカサキ　レイタ")


def sheet(**changes) -> ExplanationSheet:
    made = ExplanationSheet(
        imprint=make_imprint(),
        case_number="0001184",
        head=HEAD_NAME,
        caseworker=read_name("模擬　一子", "モギ　カズコ"),
        policy=policy(),
        names={HEAD: HEAD_NAME, CHILD: read_name("髙﨑　子見", "タカサキ　コミ")},
        words=None,
    )
    return replace(made, **changes)


def flat(made: ExplanationSheet, fonts) -> str:
    pages = page_texts(EXPLANATION_SHEET.pdf(made, fonts).data)
    return "".join("".join(pages).split())


def test_the_policy_in_plain_words(fonts):
    text = flat(sheet(), fonts)
    for words in (
        "髙﨑例太さん",
        "体のこと",
        "気になっていること服薬が続いていない",
        "めざすこと・毎朝薬をのむ",
        "福祉事務所の担当：訪問のたびに残薬を数える",
        "令和9年3月10日までに、一緒に見直します。",
        "遠慮なく言ってください。",
        "担当模擬一子",
        "受け取りました。",
        "名前",
    ):
        assert words in text


def test_no_word_of_the_office_stands_on_it(fonts):
    text = flat(sheet(), fonts).replace("K-06援助方針説明書", "")
    for words in ("課題", "援助方針", "短期", "査察", "世帯の状況", "残薬の数］", "ケース番号"):
        assert words not in text


def test_what_is_ended_is_left_out_and_an_empty_policy_says_so(fonts):
    ended = issue("家計の見通しがない", standing=Standing.ENDED, result="立った。")
    text = flat(sheet(policy=policy(ended)), fonts)
    assert "家計" not in text
    assert "新しく始めることはありません" in text


def test_the_person_is_you_only_where_the_sheet_is_about_the_head(fonts):
    goes = Action(action_id=fake_id("a"), actor=Actor.PERSON, what="学校へ行く")
    of_head = issue("欠席が多い", person_id=HEAD, actions=(goes,))
    of_child = issue("欠席が多い", person_id=CHILD, actions=(goes,))
    assert "あなた：学校へ行く" in flat(sheet(policy=policy(of_head)), fonts)
    text = flat(sheet(policy=policy(of_child)), fonts)
    assert "（髙﨑子見さん）" in text
    assert "髙﨑子見さん：学校へ行く" in text
    assert "あなた：" not in text


def test_readings_stand_on_it_only_when_asked_for(fonts):
    assert "ざんやく" not in flat(sheet(), fonts)
    text = flat(sheet(words=SHIPPED), fonts)
    for reading in ("ざんやく", "たかさき", "れいた", "もぎ", "えんりょ"):
        assert reading in text


def test_words_without_a_reading_are_named_to_whoever_prints(fonts):
    odd = issue("欝屈している", actions=(), goals=())
    rendered = EXPLANATION_SHEET.pdf(sheet(words=SHIPPED, policy=policy(odd)), fonts)
    assert "欝屈" in rendered.unread
    assert EXPLANATION_SHEET.pdf(sheet(policy=policy(odd)), fonts).unread == ()


def test_every_fixed_sentence_can_be_read():
    readings = Readings(SHIPPED)
    sentences = [text for key, text in WORDING.items() if key.startswith("K-06.")]
    assert len(sentences) == 7
    unread = {
        p.text
        for words in (*fixed_words(), *sentences)
        for p in readings.read(words)
        if p.is_unread
    }
    assert unread == set()


def test_a_long_policy_goes_on_over_further_sheets_and_nothing_is_lost(fonts):
    goals = tuple(
        Goal(goal_id=fake_id(f"g{n}"), term=Term.SHORT, text=f"{n}番目のめあてをする")
        for n in range(60)
    )
    for words in (None, SHIPPED):
        made = sheet(policy=policy(issue(goals=goals)), words=words)
        rendered = EXPLANATION_SHEET.pdf(made, fonts)
        text = flat(made, fonts)
        assert rendered.pages > 2
        assert all(f"{n}番目のめあてをする" in text for n in range(60))


def test_the_same_policy_gives_the_same_bytes(fonts):
    made = sheet(words=SHIPPED, imprint=make_imprint(training=True))
    assert EXPLANATION_SHEET.pdf(made, fonts).data == EXPLANATION_SHEET.pdf(made, fonts).data


@pytest.fixture
def setter(fonts):
    return RubySetter(TextEncoder(fonts), Style(FontRole.GOTHIC, 14))


def test_a_word_and_its_reading_are_not_parted_and_signs_do_not_begin_a_line(setter):
    pieces = (Read("あいう"), Read("相談", "そうだん"), Read("。"), Read("通院", "つういん"))
    width = setter.style.em * 5.3
    lines = setter.lines(pieces, width)
    assert [[p.text for p in line] for line in lines] == [["あいう", "相談", "。"], ["通院"]]


def test_the_wider_of_word_and_reading_takes_the_room(setter):
    em = setter.style.em
    assert len(setter.lines((Read("志", "こころざし"),) * 2, em * 5.4)) == 1
    assert len(setter.lines((Read("志", "こころざし"),) * 2, em * 5.3)) == 2
    assert len(setter.lines((Read("通院", "い"),) * 2, em * 4)) == 1


def test_a_word_that_no_line_holds_is_parted_and_keeps_its_reading(setter):
    word = Read("葛飾" * 40, "かつしか" * 40)
    room = setter.style.em * 20
    lines = setter.lines((Read("（"), word, Read("）")), room)
    assert len(lines) > 4
    assert "".join(p.text for line in lines for p in line) == f"（{word.text}）"
    assert "".join(p.reading for line in lines for p in line) == word.reading
    em = setter.encoder.measure
    for line in lines:
        wide = [max(em(p.text, FontRole.GOTHIC), em(p.reading, FontRole.GOTHIC) / 2) for p in line]
        assert sum(wide) <= 20


def test_nothing_is_lost_between_pieces_and_lines(setter):
    pieces = Readings(SHIPPED).read("毎日、通院の様子を話す。𠮷田さんに10日に電話する。" * 6)
    lines = setter.lines(pieces, 60)
    assert len(lines) > 3
    assert "".join(p.text for line in lines for p in line) == "".join(p.text for p in pieces)


def test_a_date_of_review_that_is_not_known_is_left_out(fonts):
    text = flat(sheet(policy=policy(review_due_on=None)), fonts)
    assert "までに、一緒に見直します" not in text
    assert "その前でも見直します" in text


def test_a_day_by_which_something_is_done_is_named(fonts):
    goal = Goal(goal_id=fake_id("g"), term=Term.LONG, text="続ける", by_on=date(2027, 3, 31))
    text = flat(sheet(policy=policy(issue(goals=(goal,)))), fonts)
    assert "続ける（令和9年3月31日まで）" in text
