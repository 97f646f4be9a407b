"""The office's tables of ticks: what cannot be taken, and that an office's own words and style are what the editor is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.clock import FixedClock
from desktop.domain.errors import NotPermittedError
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput
from desktop.domain.tick_sentences import sentences
from desktop.domain.ticks import Ending, Joining, Tick
from desktop.services.masters.validation import cleaned, value_errors
from desktop.services.masters.validation_ticks import tick_value_errors
from desktop.services.records import TickService
from tests.services.masters.test_service import TOMORROW, people, refused
from tests.support.factories import CLOCK
from tests.support.ticks import shipped_sheet

__all__ = ["people"]

DAY = timedelta(days=1)
_TABLES = (Master.TICK_SUBJECTS, Master.TICK_SOURCES, Master.TICK_ENDINGS, Master.TICK_STYLE)
_SUBJECT: dict[str, Any] = {
    "label": "散歩",
    "topic": "散歩の様子",
    "answers": "している｜毎日散歩している\nしていない｜散歩はしていない",
    "usual_source": "self",
    "segment": "",
    "groups": ["elderly"],
    "order": 60,
}
_SOURCE: dict[str, Any] = {
    "label": "民生委員から",
    "letter": "b",
    "plain": "民生委員によると、{普通形}とのこと。",
    "polite": "民生委員によると、{普通形}とのことです。",
    "segment": "facts",
    "said_as": "民生委員の話",
    "order": 9,
}
_STYLE: dict[str, Any] = {
    "ending": "polite",
    "joining": "linked",
    "not_confirmed_plain": "{項目}は未確認。",
    "not_confirmed_polite": "{項目}は未確認です。",
}


def given(table: Master, key: str, value: dict[str, Any], **changes: Any) -> MasterInput:
    plain: dict[str, Any] = {"valid_from": TOMORROW, "source": "架空の要領", "confirmed": True}
    return MasterInput(table=table.value, key=key, value=value, **plain | changes)


@pytest.mark.parametrize("table", _TABLES)
def test_what_is_shipped_could_be_entered_and_nobody_confirmed_it(table):
    rows = shipped_rows(table)
    assert len({row.key for row in rows}) == len(rows)
    sources = {row.key for row in shipped_rows(Master.TICK_SOURCES)}
    for row in rows:
        value = cleaned(MASTER_TABLES[table], row.value)
        assert value == dict(row.value)
        assert value_errors(MASTER_TABLES[table], value) == {}
        assert tick_value_errors(given(table, row.key, value), value, sources) == {}
        assert not row.confirmed


def test_no_two_shipped_sources_have_one_key():
    keys = [source.key for source in shipped_sheet().sources]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (given(Master.TICK_SUBJECTS, "walk", _SUBJECT | {"answers": "している"}), "answers"),
        (given(Master.TICK_SUBJECTS, "walk", _SUBJECT | {"answers": "あ｜{一}{二}"}), "answers"),
        (given(Master.TICK_SUBJECTS, "walk", _SUBJECT | {"answers": "あ｜い\n" * 10}), "answers"),
        (
            given(Master.TICK_SUBJECTS, "walk", _SUBJECT | {"usual_source": "unknown"}),
            "usual_source",
        ),
        (given(Master.TICK_SUBJECTS, "walk", _SUBJECT | {"segment": "legacy"}), "segment"),
        (given(Master.TICK_SOURCES, "x", _SOURCE | {"letter": "あ"}), "letter"),
        (given(Master.TICK_SOURCES, "x", _SOURCE | {"plain": "民生委員によると。"}), "plain"),
        (given(Master.TICK_SOURCES, "x", _SOURCE | {"polite": "{文}{普通形}"}), "polite"),
        (
            given(Master.TICK_STYLE, "office", _STYLE | {"not_confirmed_plain": "未確認。"}),
            "not_confirmed_plain",
        ),
        (given(Master.TICK_STYLE, "other", _STYLE), "key"),
        (given(Master.TICK_STYLE, "office", _STYLE, is_retired=True), "key"),
    ],
    ids=range(11),
)
def test_what_cannot_be_taken_is_named_by_field(people, asked, field):
    assert field in refused(people["admin"], asked)


def test_the_editor_is_given_the_office_s_own_subjects_sources_and_style(people):
    for asked in (
        given(Master.TICK_SOURCES, "welfare_volunteer", _SOURCE),
        given(Master.TICK_SUBJECTS, "walk", _SUBJECT),
        given(Master.TICK_STYLE, "office", _STYLE),
    ):
        people["admin"].propose(asked)
    for table in _TABLES:
        for row in people["head"].rows(table):
            if row.approved_at is None:
                people["head"].approve(row.row_id)
    caseworker = people["caseworker"]
    today = TickService(caseworker.work, CLOCK, caseworker.staff)
    assert today.sheet() == shipped_sheet()
    tomorrow = TickService(caseworker.work, FixedClock(CLOCK.now() + DAY), caseworker.staff)
    sheet = tomorrow.sheet()
    assert (sheet.style.ending, sheet.style.joining) == (Ending.POLITE, Joining.LINKED)
    ticks = [
        Tick(subject="walk", answer=0, source="welfare_volunteer"),
        Tick(subject="meals", answer=0, source="welfare_volunteer"),
        Tick(subject="medicine", answer=None),
    ]
    assert [said.text for said in sentences(sheet, ticks)] == [
        "民生委員によると、食事は三食とれており、毎日散歩しているとのことです。",
        "服薬の状況は未確認です。",
    ]


def test_who_writes_no_records_is_given_no_sheet(people):
    with pytest.raises(NotPermittedError):
        TickService(people["admin"].work, CLOCK, people["admin"].staff).sheet()
