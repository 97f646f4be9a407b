"""Set phrases over both databases: the office's and the own ones, whose they are, and what their slots are filled with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.era import format_date
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.phrases import PhraseInput
from desktop.domain.records import Promise, SegmentKind
from tests.support.desk import small_office
from tests.support.factories import TODAY


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def phrases(office):
    return office.desk(office.caseworker).phrases


def given(**changes):
    blank = PhraseInput(
        phrase_id=new_id(),
        shown_version=0,
        code="dp",
        label="同行の確認",
        text="{相手}と同行の日を確認した。",
        segments=(SegmentKind.AGREED,),
    )
    return replace(blank, **changes)


def own(phrases):
    return [phrase for phrase in phrases.shelf() if phrase.is_own]


def test_the_office_begins_with_shipped_phrases(phrases):
    assert {"kn", "ti", "td"} <= {phrase.code for phrase in phrases.shelf()}


def test_an_own_phrase_stands_before_the_offices_and_is_given_back_as_kept(phrases):
    asked = given()
    assert phrases.keep(asked) == asked.phrase_id
    first = phrases.shelf()[0]
    assert (first.phrase_id, first.code, first.label, first.text, first.segments) == (
        asked.phrase_id,
        "dp",
        "同行の確認",
        "{相手}と同行の日を確認した。",
        (SegmentKind.AGREED,),
    )
    assert first.version == 1


def test_nobody_else_has_it(office, phrases):
    phrases.keep(given())
    assert own(office.desk(office.supervisor).phrases) == []
    assert own(office.desk(office.outsider).phrases) == []


def test_nobody_else_changes_or_ends_it(office, phrases):
    asked = given()
    phrases.keep(asked)
    theirs = office.desk(office.outsider).phrases
    with pytest.raises(NotPermittedError):
        theirs.end(asked.phrase_id, 1)
    assert len(own(phrases)) == 1


def test_two_people_use_one_code(office, phrases):
    phrases.keep(given())
    office.desk(office.outsider).phrases.keep(given())
    assert len(own(phrases)) == 1


def test_a_code_is_used_once_whatever_its_width(phrases):
    phrases.keep(given())
    with pytest.raises(ValidationError) as refused:
        phrases.keep(given(code="ＤＰ"))
    assert "code" in refused.value.fields


def test_changing_needs_the_version_that_was_shown(phrases):
    asked = given()
    phrases.keep(asked)
    phrases.keep(replace(asked, shown_version=1, text="別の文。"))
    assert own(phrases)[0].text == "別の文。"
    with pytest.raises(ConflictError):
        phrases.keep(replace(asked, shown_version=1, text="古い画面から。"))


def test_the_same_save_again_stores_once(phrases):
    asked = given()
    phrases.keep(asked)
    phrases.keep(asked)
    assert [phrase.version for phrase in own(phrases)] == [1]


def test_an_ended_phrase_is_gone_and_its_code_is_free(phrases):
    asked = given()
    phrases.keep(asked)
    phrases.end(asked.phrase_id, 1)
    assert own(phrases) == []
    phrases.keep(given())
    with pytest.raises(NotPermittedError):
        phrases.end(asked.phrase_id, 2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "漢字"}, "code"),
        ({"text": " "}, "text"),
        ({"text": "{病名}"}, "text"),
        ({"text": "長" * 1001}, "text"),
        ({"label": "長" * 41}, "label"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(phrases, changes, field):
    with pytest.raises(ValidationError) as refused:
        phrases.keep(given(**changes))
    assert set(refused.value.fields) == {field}


def test_without_a_label_the_text_names_the_phrase(phrases):
    phrases.keep(given(label="", text="一行目\n二行目"))
    assert own(phrases)[0].label == "一行目"


def test_the_book_knows_the_household(office, phrases):
    records = office.desk(office.caseworker).records
    blank = records.blank(office.household_id, "home_visit")
    due = TODAY + timedelta(days=7)
    promise = Promise(promise_id=new_id(), who="本人", what="通帳を見せる", due_on=due)
    records.save(replace(blank, promises=(promise,)))
    book = phrases.book(office.household_id)
    assert book.known["世帯主"] == "架空 花子"
    assert book.known["次回予定"] == format_date(due)
    assert book.exact("kn") is not None


def test_who_writes_no_records_has_no_phrases(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).phrases.shelf()
