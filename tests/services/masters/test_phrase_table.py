"""The office's set phrases as office data: what is shipped can be entered, codes can be typed, slots are known."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput
from desktop.services.masters.validation import cleaned, key_error, reference_errors, value_errors

TABLE = MASTER_TABLES[Master.PHRASES]


def value(**changes):
    given = {"label": "通院", "text": "通院は月＿＿＿回と{相手}から聞いた。"}
    return cleaned(TABLE, {**given, **changes})


def given(key):
    return MasterInput(
        table=Master.PHRASES,
        key=key,
        valid_from=date(2024, 10, 1),
        value=value(),
        source="試験",
        confirmed=False,
    )


def test_what_is_shipped_could_be_entered_and_nobody_confirmed_it():
    for row in shipped_rows(Master.PHRASES):
        kept = cleaned(TABLE, row.value)
        assert kept == dict(row.value)
        assert value_errors(TABLE, kept) == {}
        assert reference_errors(Master.PHRASES, kept, results=()) == {}
        assert not row.confirmed


def test_a_code_is_what_can_be_typed_without_converting():
    assert key_error(given("ti"), kinds=()) == ""
    assert "英字・数字・かな" in key_error(given("通院"), kinds=())


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": "{病名}がある。"}, "text"), ({"reading": "通院"}, "reading")],
)
def test_unknown_slots_and_readings_in_kanji_are_refused(changes, field):
    assert set(reference_errors(Master.PHRASES, value(**changes), results=())) == {field}


def test_slots_of_the_form_are_known_to_phrases_and_not_to_templates():
    text = {"text": "次は{次回予定}、{相手}と。"}
    assert reference_errors(Master.PHRASES, value(**text), results=()) == {}
    assert reference_errors(Master.TEMPLATES, {"facts": "{相手}"}, results=())
