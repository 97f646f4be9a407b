import pytest

from desktop.domain.card_files import CardError
from desktop.domain.help_cards import ARTICLE_NUMBER, CardKind, EventTask, read_card

GOOD = """+++
title = "届出の義務"
articles = ["法61条"]
where = ["section:declarations"]
words = ["申告"]
see = ["article-063"]
checked = false
+++
変わったら**届け出ます**。
"""
EVENT = GOOD.replace(
    "checked = false", 'checked = false\n[[task]]\ntext = "届出を受ける"\ndays = 3'
)


def test_a_card_has_its_settings_and_its_text():
    card = read_card(CardKind.ARTICLE, "article-061", GOOD)
    assert (card.key, card.title, card.articles) == ("article-061", "届出の義務", ("法61条",))
    assert (card.where, card.words, card.see) == (
        ("section:declarations",),
        ("申告",),
        ("article-063",),
    )
    assert card.text == "変わったら**届け出ます**。"
    assert not card.is_checked


def test_a_card_of_an_event_has_tasks():
    card = read_card(CardKind.EVENT, "event-x", EVENT.replace("\n", "\r\n"))
    assert card.tasks == (EventTask(text="届出を受ける", days=3),)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (CardKind.ARTICLE, GOOD.removeprefix("+++\n")),
        (CardKind.ARTICLE, GOOD.replace("\n+++\n", "\n")),
        (CardKind.ARTICLE, GOOD.replace('title = "', "title = ")),
        (CardKind.ARTICLE, GOOD.replace("届出の義務", " ")),
        (CardKind.ARTICLE, GOOD.replace("法61条", "第61条")),
        (CardKind.ARTICLE, GOOD.replace("section:declarations", "declarations")),
        (CardKind.ARTICLE, GOOD.replace('["申告"]', '"申告"')),
        (CardKind.ARTICLE, GOOD.replace('["申告"]', "[1]")),
        (CardKind.ARTICLE, GOOD.replace("checked = false", "")),
        (CardKind.ARTICLE, GOOD.replace("checked = false", 'checked = "no"')),
        (CardKind.ARTICLE, GOOD.replace("checked", "colour = 1\nchecked")),
        (CardKind.ARTICLE, EVENT),
        (CardKind.EVENT, GOOD),
        (CardKind.EVENT, EVENT.replace("days = 3", "days = -1")),
        (CardKind.EVENT, EVENT.replace("days = 3", "days = true")),
        (CardKind.EVENT, EVENT.replace("days = 3", 'days = 3\nwho = "me"')),
        (CardKind.EVENT, GOOD.replace("checked = false", "checked = false\ntask = [1]")),
        (CardKind.EVENT, GOOD.replace("checked = false", 'checked = false\ntask = "x"')),
    ],
)
def test_a_file_that_is_no_card_is_refused_with_its_key(kind, content):
    with pytest.raises(CardError, match=r"^some-card: "):
        read_card(kind, "some-card", content)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("法4条", True),
        ("法27条の2", True),
        ("法24条3項", True),
        ("施行規則19条", True),
        ("局長通知第12-1", True),
        ("課長問答第12の1", True),
        ("法第4条", False),
        ("法4", False),
        ("生活保護法4条", False),
        ("局長通知12", False),
    ],
)
def test_numbers_are_written_in_one_way(number, is_one):
    assert bool(ARTICLE_NUMBER.fullmatch(number)) is is_one
