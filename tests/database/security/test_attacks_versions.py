"""Facts told of a text, promises, and changes of approved entries: forged, rewritten, or left lying in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from desktop.domain.approvals import Decision, Move
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, Promise, Segment, SegmentKind
from desktop.domain.records_content import entry_hash
from desktop.services.records.changes import as_input
from desktop.services.records.promises import successor
from tests.database.security.place import (
    DENIED,
    Connection,
    Place,
    answer_impact,
    changed,
    decide,
    open_file,
    refused,
    rows,
    say_again,
)

FORGED = "f" * 64
#: Everything that JSON spells in a way of its own.
ODD = '引用符"と\\と/、改行\nと\tタブ、\x07\x1f\x7f、𠮷野家\u2028é'


@pytest.fixture
def boss(place: Place) -> Iterator[Connection]:
    with place.connect(place.office.supervisor) as by:
        yield by


def promise(what: str = "領収書を出す") -> Promise:
    return Promise(promise_id=new_id(), who="世帯主", what=what)


def test_the_hash_of_a_submission_is_that_of_what_is_stored(place, writer):
    given = place.draft()
    values = (FORGED, given.entry_id)
    writer.execute(
        "UPDATE entry SET content_hash = %s, version = version + 1 WHERE id = %s", values
    )
    say_again(writer, given.entry_id, FORGED)
    answer_impact(writer, given.entry_id, 2)
    rows(writer, "SELECT app.submit('entry', %s, 2)", (given.entry_id,))
    ((said,),) = place.truth(
        "SELECT content_hash FROM entry_version WHERE entry_id = %s AND version = 1",
        (given.entry_id,),
    )
    told = place.truth(
        "SELECT a.content_hash, v.content_hash, e.content_hash FROM approval a"
        " JOIN entry e ON e.id = a.subject_id"
        " JOIN entry_version v ON v.entry_id = e.id AND v.version = 2 WHERE e.id = %s",
        (given.entry_id,),
    )
    assert told == [(said,) * 3]


@pytest.mark.parametrize(
    "said", [{}, {"result_code": "22"}, {"result_code": "22", "has_danger_signs": True}]
)
def test_the_database_spells_content_as_the_program_does(place, said):
    desk = place.desk(place.office.caseworker)
    segments = tuple(
        Segment(segment_id=new_id(), kind=kind, text=ODD + kind, source=ODD)
        for kind in (SegmentKind.FACTS, SegmentKind.WORDS, SegmentKind.NEXT)
    )
    given = place.draft(
        segments=segments,
        met=(
            MetPerson(label=ODD, person_id=place.office.person_id),
            *(MetPerson(label=f"{n} {ODD}") for n in range(3)),
        ),
        promises=tuple(promise(f"{n} {ODD}") for n in range(3)),
        started_at=490,
        ended_at=520,
        **said,
    )
    desk.records.submit(given.entry_id, given.shown_version, Impact.NONE)
    stored = desk.records.entry(given.entry_id)
    (spelled,) = place.truth("SELECT app.entry_hash(%s, 1)", (given.entry_id,))
    assert spelled == (entry_hash(as_input(stored)),)
    assert stored.content_hash == spelled[0]


@pytest.mark.parametrize(
    "forged",
    [
        f"content_hash = '{FORGED}'",
        "body_sketch = 0",
        "body_is_set_phrase = true",
        "body_length = 900",
        f"body_digest = '{FORGED}'",
    ],
)
def test_measures_change_only_with_the_text(place, writer, forged):
    given = place.draft()
    statement = f"UPDATE entry SET {forged} WHERE id = %s"
    assert refused(writer, statement, (given.entry_id,)) == "BS409"


def test_text_added_to_a_version_that_came_back(place, writer, boss):
    """A returned version was read as it stood: what is added is a new version."""
    entry_id = place.submitted()
    approval, version, content_hash = place.approval_of(entry_id)
    open_file(boss, place.office.household_id, "queue")
    decide(boss, approval, "return", version, content_hash, text="書き直してください。")
    insert = (
        "INSERT INTO segment (entry_id, version, segment_id, office_id, household_id, position, kind, source, text)"
        " SELECT entry_id, 1, gen_random_uuid(), office_id, household_id, 99, 'facts', '', '後から' FROM entry_version"
        " WHERE entry_id = %s"
    )
    assert refused(writer, insert, (entry_id,)) in DENIED


def approved(place: Place, *promises: Promise) -> UUID:
    given = place.draft(promises=promises)
    place.desk(place.office.caseworker).records.submit(
        given.entry_id, given.shown_version, Impact.NONE
    )
    approve(place, given.entry_id)
    return given.entry_id


def approve(place: Place, entry_id: UUID) -> None:
    boss = place.desk(place.office.supervisor)
    approval, version, content_hash = place.approval_of(entry_id)
    boss.approvals.card(approval)
    boss.approvals.decide(
        Decision(
            approval_id=approval, move=Move.APPROVE, root_version=version, content_hash=content_hash
        )
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE promise_text SET what = '書き換えた' WHERE promise_id = %s",
        "UPDATE promise SET due_on = '2030-01-01' WHERE id = %s",
        "UPDATE promise SET to_version = 1 WHERE id = %s",
    ],
)
def test_a_correction_changes_no_promise_in_place(place, writer, statement):
    made = promise()
    entry_id = approved(place, made)
    place.desk(place.office.caseworker).records.start_correction(entry_id, "書き誤り")
    assert refused(writer, statement, (made.promise_id,)) in DENIED


def test_a_correction_says_another_promise_and_the_approved_text_keeps_its_own(place):
    kept, reworded = promise("残る約束"), promise("直す約束")
    entry_id = approved(place, kept, reworded)
    records = place.desk(place.office.caseworker).records
    draft = as_input(records.start_correction(entry_id, "書き誤り"))
    changes = tuple(
        replace(p, what="直した約束") if p.promise_id == reworded.promise_id else p
        for p in draft.promises
    )
    given = replace(draft, promises=changes)
    first = records.save(given)
    again = records.save(replace(given, shown_version=first.version))
    assert again.version == first.version  # the same words again change nothing

    def words(version: int) -> set[str]:
        return {p.what for p in records.at_version(entry_id, version).promises}

    assert words(1) == {"残る約束", "直す約束"}
    assert words(first.version) == {"残る約束", "直した約束"}
    (shown,) = (e for e in records.chronicle(place.office.household_id) if e.entry_id == entry_id)
    assert {p.what for p in shown.promises} == {"残る約束", "直す約束"}
    records.submit(entry_id, first.version, Impact.NONE)
    approve(place, entry_id)
    (shown,) = (e for e in records.chronicle(place.office.household_id) if e.entry_id == entry_id)
    assert {p.what for p in shown.promises} == {"残る約束", "直した約束"}
    assert words(1) == {"残る約束", "直す約束"}


def test_a_promise_of_an_approved_entry(place, writer):
    entry_id = place.submitted()
    insert = "INSERT INTO promise (id, office_id, household_id, entry_id) VALUES (gen_random_uuid(), %s, %s, %s)"
    key = (place.office.caseworker.office_id, place.office.household_id)
    assert refused(writer, insert, (*key, entry_id)) in DENIED


def test_the_database_knows_which_promise_another_one_rewords(place, writer):
    old = promise("直す約束")
    entry_id = approved(place, old)
    records = place.desk(place.office.caseworker).records
    draft = as_input(records.start_correction(entry_id, "書き誤り"))
    said = tuple(replace(p, what="直した約束") for p in draft.promises)
    version = records.save(replace(draft, promises=said)).version
    assert place.truth("SELECT app.reworded_promise(%s, %s)", (old.promise_id, version)) == [
        (successor(old.promise_id, version),)
    ]
    records.submit(entry_id, version, Impact.NONE)
    keep = "UPDATE promise SET kept_on = app.today() WHERE id = %s"
    assert changed(writer, keep, (old.promise_id,)) == 1
    approve(place, entry_id)
    assert place.truth(
        "SELECT count(*), count(kept_on) FROM promise WHERE entry_id = %s", (entry_id,)
    ) == [(2, 2)]


def test_nobody_carries_a_promise_over_by_himself(place, writer, boss):
    entry_id = approved(place, promise())
    for by in (writer, boss):
        assert refused(by, "SELECT app.carry_kept(%s)", (entry_id,)) in DENIED


BLOCK = (
    "UPDATE entry SET state = 'draft', changed_by = %s, version = version + 1, change = 'correction'"
    " WHERE id = %s"
)


def test_a_ticket_alone_opens_no_correction(place, writer):
    entry_id = approved(place)
    outsider = place.connect(place.office.outsider)
    open_file(outsider, place.office.household_id, reason="電話当番")
    values = (place.office.outsider.staff_id, entry_id)
    assert refused(outsider, BLOCK, values) in DENIED
    assert changed(writer, BLOCK, (place.office.caseworker.staff_id, entry_id)) == 1


def test_a_correction_left_lying_is_given_up_by_the_supervisor(place, writer, boss):
    entry_id = approved(place)
    assert changed(writer, BLOCK, (place.office.caseworker.staff_id, entry_id)) == 1
    give_up = "SELECT app.give_up_change(%s)"
    outsider = place.connect(place.office.outsider)
    open_file(outsider, place.office.household_id, reason="電話当番")
    assert refused(outsider, give_up, (entry_id,)) in DENIED
    rows(boss, give_up, (entry_id,))
    assert refused(boss, give_up, (entry_id,)) == "BS409"
    stands = "SELECT state, changed_by, approved_version, content_hash = (SELECT content_hash FROM entry_version v"
    assert place.truth(
        f"{stands} WHERE v.entry_id = e.id AND v.version = 1) FROM entry e WHERE id = %s",
        (entry_id,),
    ) == [("approved", None, 1, True)]
    assert changed(writer, BLOCK, (place.office.caseworker.staff_id, entry_id)) == 1
