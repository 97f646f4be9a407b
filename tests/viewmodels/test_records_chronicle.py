from __future__ import annotations

import pytest

from desktop.domain.records import EntryState, SegmentKind
from desktop.viewmodels.records_actions import EntryAction, actions_for, is_writable
from desktop.viewmodels.records_chronicle import Chronicle, ChronicleFilter, search_key
from tests.support.factories import days_ago
from tests.support.fakes_records import ME, SOMEBODY, an_id, draft, entry, returned, segment

ALL = ChronicleFilter()


@pytest.fixture
def chronicle():
    entries = (
        entry(
            "a",
            event_on=days_ago(30),
            segments=(segment(SegmentKind.FACTS, "長女と電話。長女は元気。"),),
        ),
        entry("b", event_on=days_ago(20), kind="telephone_in", kind_label="電話（受）", number=2),
        draft("c", event_on=days_ago(10)),
    )
    found = Chronicle()
    found.take(entries, ALL)
    return found


def ids(chronicle):
    return [e.entry_id for e in chronicle.rows]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ALL, "abc"),
        (ChronicleFilter(kinds=frozenset({"telephone_in"})), "b"),
        (ChronicleFilter(since=days_ago(20)), "bc"),
        (ChronicleFilter(until=days_ago(20)), "ab"),
        (ChronicleFilter(is_unsettled=True), "c"),
    ],
)
def test_entries_are_narrowed(chronicle, wanted, names):
    chronicle.narrow(wanted)
    assert ids(chronicle) == [an_id(name) for name in names]


@pytest.mark.parametrize(("ago", "row"), [(99, 0), (30, 0), (29, 1), (20, 1), (10, 2), (0, 2)])
def test_a_day_leads_to_the_entry_on_or_after_it(chronicle, ago, row):
    assert chronicle.row_on(days_ago(ago)) == row


def test_every_place_of_a_word_is_found(chronicle):
    hits = chronicle.find("長女")
    assert [(hit.row, hit.start) for hit in hits] == [(0, 0), (0, 6)]
    assert list(chronicle.text(0).lines())[hits[0].line] == "長女と電話。長女は元気。"
    assert chronicle.find("  ") == ()


def test_width_case_and_kana_do_not_matter_and_places_stay():
    text = "ＤＶ相談ｶﾞ必要。ケース会議"
    assert len(search_key(text)) == len(text)
    assert search_key("dv") in search_key(text)
    assert search_key("けーす") in search_key(text)


def test_an_addition_names_the_number_of_its_origin(chronicle):
    entries = (*chronicle.entries, draft("d", relates_to=an_id("b")))
    chronicle.take(entries, ALL)
    assert "→ No.2 への追記" in chronicle.text(3).after


def test_own_drafts_and_returned_entries_can_be_written():
    assert is_writable(draft(), ME)
    assert is_writable(returned(), ME)
    assert is_writable(entry(state=EntryState.DRAFT, author_id=SOMEBODY), ME)
    assert not is_writable(entry(), ME)
    assert not is_writable(draft(author_id=SOMEBODY), ME)


def test_acts_follow_the_state():
    approved = actions_for(entry(), ME, may_write=True)
    assert {EntryAction.CORRECT, EntryAction.ANNUL, EntryAction.ADD} <= approved
    waiting = actions_for(
        entry(state=EntryState.SUBMITTED, approved_version=None), ME, may_write=True
    )
    assert EntryAction.WITHDRAW in waiting
    assert EntryAction.CORRECT not in waiting
    changed = entry(state=EntryState.DRAFT, author_id=SOMEBODY)
    assert EntryAction.GIVE_UP in actions_for(changed, ME, may_write=True)
    assert EntryAction.GIVE_UP not in approved | waiting
    assert EntryAction.GIVE_UP not in actions_for(draft(), ME, may_write=True)
    reader = {EntryAction.OPEN, EntryAction.HISTORY}
    assert actions_for(changed, ME, may_write=False) == reader
    head = actions_for(changed, ME, may_write=False, approves=True)
    assert head == {*reader, EntryAction.GIVE_UP}
    for other in (entry(), draft(), entry(state=EntryState.SUBMITTED)):
        assert actions_for(other, ME, may_write=False, approves=True) == reader
    annulled = actions_for(entry(is_annulled=True), ME, may_write=True)
    assert not annulled & {EntryAction.CORRECT, EntryAction.ANNUL}
    assert actions_for(entry(), ME, may_write=False) == {EntryAction.OPEN, EntryAction.HISTORY}


def test_the_absence_note_is_printed_from_an_absence_alone() -> None:
    absence = entry(is_absence=True)
    assert EntryAction.ABSENCE_NOTE in actions_for(absence, ME, may_write=True, may_print=True)
    assert EntryAction.ABSENCE_NOTE not in actions_for(absence, ME, may_write=True)
    assert EntryAction.ABSENCE_NOTE not in actions_for(entry(), ME, may_write=True, may_print=True)
    gone = entry(is_absence=True, is_annulled=True)
    assert EntryAction.ABSENCE_NOTE not in actions_for(gone, ME, may_write=True, may_print=True)
