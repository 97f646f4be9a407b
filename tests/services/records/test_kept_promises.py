"""Promises that are kept while a correction rewords them, on both databases: kept under the new words too."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import ConflictError
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import Entry, EntryInput, Promise
from desktop.services.records.changes import as_input
from desktop.services.records.promises import successor
from tests.services.test_main_job import decision, written
from tests.support.desk import Desk, SmallOffice, read_and_decide, small_office
from tests.support.factories import CLOCK

TODAY = CLOCK.today()


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


@pytest.fixture
def promised(office: SmallOffice, caseworker: Desk, supervisor: Desk) -> UUID:
    """An approved entry that says two promises."""
    promises = tuple(Promise(promise_id=new_id(), who="世帯主", what=w) for w in ("直す", "残る"))
    given = replace(written(office, caseworker), promises=promises)
    saved = caseworker.records.save(given)
    approve(caseworker, supervisor, given.entry_id, saved.version)
    return given.entry_id


def approve(by: Desk, boss: Desk, entry_id: UUID, version: int) -> None:
    by.records.submit(entry_id, version, Impact.NONE)
    read_and_decide(boss, decision(boss.approvals.queue()[0]))


def reworded(given: EntryInput, before: str, after: str, **more: object) -> EntryInput:
    said = tuple(
        replace(p, what=after, **more) if p.what == before else p  # type: ignore[arg-type]
        for p in given.promises
    )
    return replace(given, promises=said)


def promise_of(entry: Entry, what: str) -> Promise:
    (found,) = (p for p in entry.promises if p.what == what)
    return found


def kept(desk: Desk, office: SmallOffice) -> dict[str, bool]:
    (entry,) = desk.records.chronicle(office.household_id)
    return {p.what: p.kept_on == TODAY for p in entry.promises}


def test_a_promise_kept_under_its_old_words_is_kept_under_the_new_ones(
    office, caseworker, supervisor, promised
):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    saved = caseworker.records.save(reworded(draft, "直す", "直した"))
    (shown,) = caseworker.records.chronicle(office.household_id)
    caseworker.records.keep_promise(promise_of(shown, "直す").promise_id, TODAY)
    approve(caseworker, supervisor, promised, saved.version)
    assert kept(caseworker, office) == {"直した": True, "残る": False}


def test_the_line_of_a_promise_goes_over_several_drafts(office, caseworker, supervisor, promised):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    old = promise_of(caseworker.records.at_version(promised, 1), "直す")
    caseworker.records.save(reworded(draft, "直す", "途中"))
    again = as_input(caseworker.records.entry(promised))
    saved = caseworker.records.save(reworded(again, "途中", "直した"))
    caseworker.records.keep_promise(old.promise_id, TODAY)
    approve(caseworker, supervisor, promised, saved.version)
    assert kept(caseworker, office) == {"直した": True, "残る": False}


def test_a_form_that_was_opened_before_forgets_nothing(office, caseworker, supervisor, promised):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    caseworker.records.keep_promise(draft.promises[0].promise_id, TODAY)
    caseworker.records.save(reworded(draft, "直す", "直した"))
    changed = caseworker.records.entry(promised)
    assert promise_of(changed, "直した").kept_on == TODAY


def test_a_promise_that_a_correction_adds_beside_a_dropped_one_stays_open(
    office, caseworker, supervisor, promised
):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    gone = draft.promises[0]
    added = Promise(promise_id=new_id(), who="世帯主", what="別の約束")
    saved = caseworker.records.save(replace(draft, promises=(*draft.promises[1:], added)))
    caseworker.records.keep_promise(gone.promise_id, TODAY)
    approve(caseworker, supervisor, promised, saved.version)
    assert kept(caseworker, office) == {"別の約束": False, "残る": False}


def test_what_the_valid_version_no_longer_says_is_not_kept(
    office, caseworker, supervisor, promised
):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    old = draft.promises[0].promise_id
    saved = caseworker.records.save(reworded(draft, "直す", "直した"))
    approve(caseworker, supervisor, promised, saved.version)
    with pytest.raises(ConflictError, match="書き直されました"):
        caseworker.records.keep_promise(old, TODAY)
    assert kept(caseworker, office) == {"直した": False, "残る": False}


def test_a_correction_given_up_leaves_the_promise_as_it_was_noted(office, caseworker, promised):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    caseworker.records.save(reworded(draft, "直す", "直した"))
    caseworker.records.keep_promise(draft.promises[0].promise_id, TODAY)
    caseworker.records.give_up_change(promised)
    assert kept(caseworker, office) == {"直す": True, "残る": False}


def test_reworded_promises_stand_where_they_stood(office, caseworker, promised):
    draft = as_input(caseworker.records.start_correction(promised, "書き誤り"))
    caseworker.records.save(reworded(draft, "直す", "直した"))
    changed = caseworker.records.entry(promised)
    assert [p.what for p in changed.promises] == ["直した", "残る"]


def test_promises_of_one_moment_keep_their_order_when_reworded():
    """However many are made in one millisecond, a reworded one sorts between its neighbours."""
    made = [new_id() for _ in range(2_000)]
    for before, this, after in zip(made, made[1:], made[2:], strict=False):
        assert before < successor(this, 2) < after
