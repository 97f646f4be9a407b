"""The office's own pages in its help, on both databases."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.help_cards import CardKind
from desktop.domain.help_pages import PageInput
from desktop.services.help_cards import shipped_cards
from tests.support.desk import small_office


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.supervisor)


def a_page(**changes):
    page = PageInput(
        key=f"page-{uuid4().hex}",
        shown=0,
        title="窓口払いのきまり",
        places=("section:papers", "screen:papers"),
        words=("現金", "支給日"),
        body="毎月**5日**に渡します。[申告](card:income-declaration)も見てください。",
        why="新しいきまり",
    )
    return replace(page, **changes)


def card(desk, key):
    return next((card for card in desk.help_cards.cards() if card.key == key), None)


def test_a_page_stands_first_in_everybodys_help_with_who_wrote_it(office, desk):
    given = a_page(title=" 窓口払いのきまり ", words=("現金", " ", "支給日"))
    assert desk.help_pages.save(given).number == 1
    first = office.desk(office.caseworker).help_cards.cards()[0]
    assert (first.key, first.kind, first.title) == (
        given.key,
        CardKind.LOCAL,
        "窓口払いのきまり",
    )
    assert (first.where, first.words) == (given.places, ("現金", "支給日"))
    assert first.is_own
    assert "第1版（2024年" in first.origin
    assert office.supervisor.name in first.origin


def test_versions_are_added_and_older_ones_stay_to_be_read(office, desk):
    given = a_page()
    desk.help_pages.save(given)
    newer = replace(given, shown=1, body="毎月6日に渡します。", why="支給日が変わった")
    assert desk.help_pages.save(newer).number == 2
    assert desk.help_pages.save(newer).number == 2, "a retry stores once"
    head = office.desk(office.head)
    assert [(v.number, v.why) for v in head.help_pages.versions(given.key)] == [
        (2, "支給日が変わった"),
        (1, "新しいきまり"),
    ]
    assert [page.number for page in head.help_pages.pages()] == [2]
    assert card(desk, given.key).text == "毎月6日に渡します。"


def test_who_saw_an_older_version_is_told(office, desk):
    given = a_page()
    desk.help_pages.save(given)
    with pytest.raises(ConflictError):
        office.desk(office.head).help_pages.save(replace(given, body="ほかの文"))
    with pytest.raises(ConflictError):
        desk.help_pages.save(replace(given, shown=2, body="ほかの文"))


def test_a_withdrawn_page_is_in_the_help_no_more_and_may_come_back(desk):
    given = a_page()
    desk.help_pages.save(given)
    desk.help_pages.save(replace(given, shown=1, is_withdrawn=True, why="やめた"))
    assert card(desk, given.key) is None
    assert desk.help_pages.pages()[0].is_withdrawn
    desk.help_pages.save(replace(given, shown=2, why="戻した"))
    assert card(desk, given.key) is not None


def test_whom_to_ask_is_replaced_by_the_offices_own_list(desk):
    shipped = card(desk, "who-to-ask")
    given = a_page(key="who-to-ask", title="だれに聞くか（架空市）", body="病気のことは保健師。")
    desk.help_pages.save(given)
    own = card(desk, "who-to-ask")
    assert (own.title, own.kind, own.see) == (given.title, CardKind.ASKING, shipped.see)
    desk.help_pages.save(replace(given, shown=1, is_withdrawn=True, why="出荷時に戻す"))
    assert card(desk, "who-to-ask") == shipped
    with pytest.raises(ValidationError):
        desk.help_pages.save(a_page(key="article-027"))
    assert desk.help_cards.cards() == shipped_cards()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "　"}, "title"),
        ({"title": "長" * 61}, "title"),
        ({"body": " "}, "body"),
        ({"body": "一行目\n<script>alert(1)</script>"}, "body"),
        ({"body": "![絵](x.png)"}, "body"),
        ({"body": "[外](https://example.invalid)"}, "body"),
        ({"body": "[外](file.html)"}, "body"),
        ({"body": "[外][1]\n\n[1]: x.html"}, "body"),
        ({"body": "[ない](card:nowhere)"}, "body"),
        ({"places": ("anywhere",)}, "places"),
        ({"words": ("長" * 201,)}, "words"),
        ({"why": ""}, "why"),
    ],
    ids=range(12),
)
def test_what_cannot_be_is_named_by_field(desk, changes, field):
    with pytest.raises(ValidationError) as refused:
        desk.help_pages.save(a_page(**changes))
    assert set(refused.value.fields) == {field}
    assert desk.help_pages.pages() == ()


def test_only_those_who_supervise_write(office, desk):
    given = a_page()
    desk.help_pages.save(given)
    for person in (office.caseworker, office.records):
        with pytest.raises(NotPermittedError):
            office.desk(person).help_pages.save(replace(given, shown=1))
