"""Two people, double clicks and repeated saves at the same moment, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState, Move
from desktop.domain.errors import ConflictError, UnavailableError
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput, SavedEntry
from desktop.models.approvals import ApprovalMove
from desktop.models.records import EntryRecord, EntryVersion
from tests.services.test_main_job import decision, submitted, written
from tests.support.desk import Desk, SmallOffice, desk, read_and_decide, small_office


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def at_once(url: str, calls: Sequence[Callable[[UnitOfWork], object]]) -> list[object]:
    """Each call on a connection and thread of its own, started together; answers or the sentences of errors."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[UnitOfWork], object]) -> object:
        engine = make_engine(url)
        try:
            barrier.wait(timeout=10)
            return call(UnitOfWork(engine))
        except (ConflictError, UnavailableError) as error:
            return error
        finally:
            engine.dispose()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_of_many_clicks_one_decides(database_url: str, office: SmallOffice):
    submitted(office, office.desk(office.caseworker))
    row = office.desk(office.supervisor).approvals.queue()[0]
    answers = at_once(
        database_url,
        [lambda work: read_and_decide(desk(work, office.supervisor), decision(row))] * 4,
    )
    assert answers.count(ApprovalState.APPROVED) == 1
    with office.work() as session:
        moves = Counter(session.scalars(select(ApprovalMove.move)))
    assert moves[Move.APPROVE] == 1


def test_the_same_save_sent_twice_is_stored_once(database_url: str, office: SmallOffice):
    given = written(office, office.desk(office.caseworker))
    at_once(database_url, [lambda work: desk(work, office.caseworker).records.save(given)] * 3)
    saved = office.desk(office.caseworker).records.save(given)
    assert saved.version == 1
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(EntryVersion)) == 1


def test_two_windows_with_different_texts_do_not_overwrite_each_other(
    database_url: str, office: SmallOffice
):
    caseworker: Desk = office.desk(office.caseworker)
    given = written(office, caseworker)
    caseworker.records.save(given)
    versions = [replace(given, shown_version=1, started_at=minutes) for minutes in (490, 500)]

    def save(given: EntryInput, work: UnitOfWork) -> object:
        return desk(work, office.caseworker).records.save(given)

    answers = at_once(database_url, [partial(save, version) for version in versions])
    assert sum(isinstance(answer, ConflictError | UnavailableError) for answer in answers) == 1


def test_entries_submitted_together_get_different_numbers(database_url: str, office: SmallOffice):
    caseworker = office.desk(office.caseworker)
    saved = [
        caseworker.records.save(written(office, caseworker, f"架空の記録その{n}。"))
        for n in range(4)
    ]

    def submit(entry: SavedEntry, work: UnitOfWork) -> object:
        return desk(work, office.caseworker).records.submit(
            entry.entry_id, entry.version, Impact.NONE
        )

    answers = at_once(database_url, [partial(submit, entry) for entry in saved])
    for answer, entry in zip(answers, saved, strict=True):
        if isinstance(answer, UnavailableError | ConflictError):
            caseworker.records.submit(entry.entry_id, entry.version, Impact.NONE)
    with office.work() as session:
        assert set(session.scalars(select(EntryRecord.number))) == {1, 2, 3, 4}
