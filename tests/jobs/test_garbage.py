"""Garbage is collected on the UI thread, and not while somebody waits."""

from __future__ import annotations

import gc
import weakref

import pytest

from desktop.jobs import garbage
from desktop.jobs.garbage import IdleGarbage
from tests.support.qt import HeldRunner


class _Knot:
    """Points at itself: only a collection frees it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def runner(qapp):
    return HeldRunner()


@pytest.fixture
def collector(runner):
    collector = IdleGarbage(runner)
    collector.start()
    yield collector
    collector.stop()


def knots(count: int) -> weakref.ref[_Knot]:
    """So many knots that nobody holds; a look at one of them."""
    made = [_Knot() for _ in range(count)]
    return weakref.ref(made[0])


def test_nothing_is_collected_by_itself(collector):
    seen = knots(garbage.WORTH_IT * 2)
    assert not gc.isenabled()
    assert seen() is not None


def test_a_quiet_moment_is_used(collector):
    seen = knots(garbage.WORTH_IT * 2)
    assert collector.collect_if_idle()
    assert seen() is None


def test_little_garbage_is_left_lying(collector):
    gc.collect()
    assert not collector.collect_if_idle()


def test_while_somebody_waits_nothing_is_collected(collector, runner, qapp):
    seen = knots(garbage.WORTH_IT * 2)
    runner.run(qapp, lambda: None, lambda _: None)
    assert not collector.collect_if_idle()
    assert seen() is not None
    runner.release()
    assert collector.collect_if_idle()
    assert seen() is None


def test_a_long_work_does_not_let_it_pile_up(collector, runner, qapp, monkeypatch):
    monkeypatch.setattr(garbage, "TOO_MANY", garbage.WORTH_IT)
    runner.run(qapp, lambda: None, lambda _: None)
    knots(garbage.WORTH_IT * 2)
    assert collector.collect_if_idle()
    runner.release()


def test_the_timer_does_it_by_itself(collector, qtbot):
    seen = knots(garbage.WORTH_IT * 2)
    qtbot.waitUntil(lambda: seen() is None, timeout=10_000)


def test_the_end_gives_it_back(collector):
    collector.stop()
    assert gc.isenabled()
