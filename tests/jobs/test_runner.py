from __future__ import annotations

import logging
from threading import Event, get_ident

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserError
from desktop.jobs.progress import Progress
from desktop.jobs.runner import JobRunner, Lane
from tests.support.qt import HeldRunner, InlineRunner

MARKER = "架空花子"


@pytest.fixture
def runner(qtbot: QtBot):
    runner = JobRunner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_call_runs_elsewhere_and_answers_here(qtbot, runner, owner):
    answers = []

    def answered(thread):
        answers.append((thread, get_ident()))

    with qtbot.waitSignal(runner.idle):
        runner.run(owner, get_ident, answered)
    thread, here = answers[0]
    assert here == get_ident()
    assert thread != here


def test_database_calls_keep_their_order(qtbot, runner, owner):
    order: list[int] = []
    with qtbot.waitSignal(runner.idle):
        for number in range(20):
            runner.run(owner, lambda n=number: order.append(n), lambda _: None)
    assert order == list(range(20))


def test_slow_lane_does_not_hold_up_the_database(qtbot, runner, owner):
    gate = Event()
    seen: list[str] = []
    runner.run(owner, lambda: gate.wait(10), lambda _: seen.append("slow"), lane=Lane.SLOW)

    def answered(_: None) -> None:
        seen.append("db")
        gate.set()

    runner.run(owner, lambda: None, answered)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["db", "slow"]


def test_answer_for_a_closed_screen_is_dropped(qtbot):
    runner = HeldRunner()
    owner = QObject()
    answers: list[int] = []
    runner.run(owner, lambda: 1, answers.append)
    shiboken6.delete(owner)
    runner.release()
    assert answers == []
    assert runner.is_idle


def test_newer_search_supersedes_the_older_one(owner):
    runner = HeldRunner()
    answers: list[str] = []
    older = runner.run(owner, lambda: "old", answers.append)
    runner.run(owner, lambda: "new", answers.append, replaces=older)
    runner.release(1)
    runner.release(0)
    assert answers == ["new"]


def test_cancelled_call_does_not_run(owner):
    runner = HeldRunner()
    ran: list[bool] = []
    runner.run(owner, lambda: ran.append(True), lambda _: None).cancel()
    runner.release()
    assert ran == []


def test_refusal_goes_to_the_screen(owner):
    told: list[str] = []
    InlineRunner().run(
        owner,
        _raise(UserError("日付を入力してください。")),
        lambda _: None,
        lambda e: told.append(e.sentence),
    )
    assert told == ["日付を入力してください。"]


def test_refusal_that_nobody_takes_is_announced(qtbot, owner):
    runner = InlineRunner()
    with qtbot.waitSignal(runner.refused):
        runner.run(owner, _raise(UserError("だめでした。")), lambda _: None)


def test_bug_is_announced_and_logged_without_its_message(qtbot, owner, caplog):
    runner = InlineRunner()
    told: list[UserError] = []
    with caplog.at_level(logging.DEBUG), qtbot.waitSignal(runner.crashed):
        runner.run(owner, _raise(ValueError(MARKER)), lambda _: None, told.append)
    assert told == []
    assert "ValueError" in caplog.text
    assert "runner.py" in caplog.text
    assert MARKER not in caplog.text


def test_bug_of_a_closed_screen_is_still_announced(qtbot):
    runner = HeldRunner()
    owner = QObject()
    runner.run(owner, _raise(KeyError("x")), lambda _: None)
    shiboken6.delete(owner)
    with qtbot.waitSignal(runner.crashed):
        runner.release()


def test_progress_is_thinned_out_and_cancellable(qtbot):
    progress = Progress()
    seen: list[tuple[int, int, str]] = []
    progress.reported.connect(lambda *given: seen.append(given))
    for row in range(1001):
        progress.report(row, 1000, "世帯")
    assert len(seen) == 101
    assert not progress.cancelled()
    progress.cancel()
    assert progress.cancelled()


def _raise(error: Exception):
    def call() -> None:
        raise error

    return call
