"""Several processes make the same office as one, and none of them outlives its work."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.database.engine import make_engine
from desktop.domain.errors import UserError
from desktop.models.office import Office
from desktop.services.training.crew import Crew, workers_for
from desktop.services.training.plan import OfficePlan, Wish
from desktop.services.training.team_maker import TeamMaker, TeamResult
from tests.services.training.conftest import TODAY, make
from tests.services.training.test_create import fingerprint

#: Two teams of districts.
HOUSEHOLDS = 420
WISH = Wish(households=HOUSEHOLDS, seed=7, today=TODAY, entries_per_year=4.0)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def plan() -> OfficePlan:
    return OfficePlan(WISH)


def made(plan: OfficePlan, team: list[int], elsewhere: frozenset[int] = frozenset()) -> TeamResult:
    return TeamMaker(plan, lambda _name, _rows: None, elsewhere).make(team, lambda _done: None)


def rows_of(plan: OfficePlan, team: list[int]) -> list[tuple[str, tuple[object, ...]]]:
    found: list[tuple[str, tuple[object, ...]]] = []
    maker = TeamMaker(plan, lambda name, rows: found.extend((name, row) for row in rows))
    maker.make(team, lambda _done: None)
    return found


def test_two_processes_make_the_same_office_as_one(database_url: str, tmp_path: Path) -> None:
    alone = f"sqlite:///{tmp_path / 'alone.sqlite'}"
    lists = [tmp_path / name for name in ("one.json", "two.json")]
    for url, workers, planted in ((alone, 1, lists[0]), (database_url, 2, lists[1])):
        make(
            url,
            households=HOUSEHOLDS,
            entries_per_year=4.0,
            workers=workers,
            planted=planted,
        )
    assert fingerprint(alone) == fingerprint(database_url)
    assert lists[0].read_bytes() == lists[1].read_bytes()


def test_every_household_is_in_one_team(plan: OfficePlan) -> None:
    teams = plan.teams()
    assert len(teams) == 2
    assert sorted(number for team in teams for number in team) == list(range(HOUSEHOLDS))


def test_a_team_does_not_depend_on_what_was_made_before_it(plan: OfficePlan) -> None:
    first, second = plan.teams()
    alone = rows_of(plan, second)
    made(plan, first)
    assert rows_of(plan, second) == alone


def test_no_key_comes_in_two_teams(plan: OfficePlan) -> None:
    first, second = ({str(row[0]) for n, row in rows_of(plan, t) if n == "entry"} for t in plan.teams())  # fmt: skip
    assert first
    assert first.isdisjoint(second)


def test_a_team_avoids_what_was_written_elsewhere(plan: OfficePlan) -> None:
    team = plan.teams()[0]
    before = made(plan, team).sketches
    assert len(before) > 50
    assert before.isdisjoint(made(plan, team, frozenset(before)).sketches)


def test_a_team_that_wrote_the_same_is_made_again(plan: OfficePlan) -> None:
    team = plan.teams()[0]
    crew = Crew(WISH, for_server=True, workers=1, while_waiting=lambda: None)
    first, again = crew.packed([team, team])
    assert first.result.sketches == made(plan, team).sketches
    assert first.result.sketches.isdisjoint(again.result.sketches)


def test_a_small_office_is_not_worth_a_second_process() -> None:
    assert workers_for(240) == 1
    assert workers_for(110_000) >= 1


def test_stopping_leaves_no_office_and_no_process(database_url: str) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    with pytest.raises(UserError, match="中止"):
        make(database_url, households=HOUSEHOLDS, workers=2, cancelled=cancelled)
    assert multiprocessing.active_children() == []
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(select(Office.id)) is None
    engine.dispose()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(f"""
            import datetime, multiprocessing
            from desktop.services.training.create import create

            def tell(done, total, what):
                print(*(child.pid for child in multiprocessing.active_children()), flush=True)

            if __name__ == "__main__":
                create("sqlite:///{(tmp_path / "x.sqlite").as_posix()}", households=3000, seed=1,
                       today=datetime.date(2024, 10, 1), workers=2, progress=tell)
        """),
        encoding="utf-8",
    )
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    workers = next(line.split() for line in parent.stdout if len(line.split()) == 2)
    assert all(is_running(pid) for pid in workers)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 30
    while any(is_running(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in workers)
    assert not (tmp_path / "x.sqlite").exists()


def is_running(pid: str) -> bool:
    """A process that ended but whom nobody asks for is none."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
            != "Z"
        )
    except FileNotFoundError:
        return False
