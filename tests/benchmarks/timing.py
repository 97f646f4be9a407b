"""Rounds of two things in turn, and how they are printed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from tests.support.databases import FreshDatabases
from tests.support.watchdog import Watchdog


class Times(NamedTuple):
    """Milliseconds of ours and of what stands beside it."""

    ours: list[float]
    theirs: list[float]


def rounds(ours: Callable[[], object], theirs: Callable[[], object], *, count: int = 40) -> Times:
    """Both in turn, so that a busy machine slows both; the first round warms up.

    Garbage is collected as the program does it (`jobs/garbage.py`): between the calls, when nobody waits.
    """
    times = Times([], [])
    gc.disable()
    for _ in range(count + 1):
        for call, found in zip((ours, theirs), times, strict=True):
            found.append(milliseconds(call))
        gc.collect()
    gc.enable()
    return Times(times.ours[1:], times.theirs[1:])


def milliseconds(call: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def p95(times: list[float]) -> float:
    """The time that 19 of 20 stay below."""
    return quantiles(times, n=20)[-1]


def report(what: str, times: Times, beside: str, *, reach: float | None = None) -> None:
    """One line: ours, theirs, the ratio of the medians, and whether the p95 is within reach."""
    ours, theirs = times
    goal = f" | reach {reach:.0f} ms: {'met' if p95(ours) <= reach else 'MISSED'}" if reach else ""
    print(
        f"{what}: p50 {median(ours):.1f} ms, p95 {p95(ours):.1f} ms | {beside}: p50 {median(theirs):.1f} ms, "
        f"p95 {p95(theirs):.1f} ms | ratio of p50 {median(ours) / median(theirs):.2f}{goal}",
        flush=True,
    )


@contextmanager
def fresh_databases() -> Iterator[FreshDatabases]:
    """Databases for one benchmark; its server is stopped afterwards, also when the benchmark is killed."""
    folder = FreshDatabases.make_folder()
    watchdog = Watchdog(folder)
    databases = FreshDatabases(folder, "bench")
    try:
        yield databases
    finally:
        databases.close()
        watchdog.finish()
