"""The planner's search on public periodic routing files: how far from the best known totals.

Run: python -m tests.benchmarks.pvrp --instances DIR --seconds S [--jobs N] [--only p01,p02] [--seed K]

Prints instance, cost, best known, gap, seconds and the mean gap. `--seconds` are seconds of processor time for each
instance on one core: a short run measures how many iterations fit in, as the search itself knows no clock. Every plan is
checked by `tests/planning/pvrp_checker.py`, which shares no code with the search. The best known totals are read from
`best_known.csv` in DIR or above it (columns instance, best_known).
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from desktop.planning.engine import IS_COMPILED, Search
from desktop.planning.engine_problem import EngineProblem, Result
from tests.planning.pvrp_checker import check_solution
from tests.planning.pvrp_files import engine_problem, read_instance

#: Share of the time for the run that measures the rate.
MEASURING = 0.03


@dataclass(frozen=True)
class Line:
    """What is printed of one instance."""

    name: str
    cost: float
    best_known: float | None
    seconds: float
    iterations: int
    fault: str = ""

    @property
    def gap(self) -> float | None:
        """Distance from the best known total in per cent."""
        return (self.cost / self.best_known - 1) * 100 if self.best_known else None


def main() -> int:
    """Run the asked instances; 1 when a plan breaks a rule."""
    asked = _parser().parse_args()
    best_known = _best_known(asked.instances)
    folder = asked.instances / "instances"
    folder = folder if folder.is_dir() else asked.instances
    names = asked.only.split(",") if asked.only else sorted(_names(folder))
    print(
        f"search {'compiled' if IS_COMPILED else 'interpreted'}, {asked.seconds} s each, seed {asked.seed}"
    )
    print(
        f"{'instance':<9}{'cost':>10}{'best known':>12}{'gap %':>8}{'seconds':>9}{'iterations':>12}"
    )
    lines = []
    work = [(folder / name, asked.seconds, asked.seed, best_known.get(name)) for name in names]
    with ProcessPoolExecutor(asked.jobs) as pool:
        for line in pool.map(_solve, work):
            _print(line)
            lines.append(line)
    gaps = [line.gap for line in lines if line.gap is not None]
    if gaps:
        print(f"mean gap {sum(gaps) / len(gaps):.3f} % over {len(gaps)} instances")
    return int(any(line.fault for line in lines))


def _solve(work: tuple[Path, float, int, float | None]) -> Line:
    path, seconds, seed, best_known = work
    problem = engine_problem(read_instance(path))
    began = time.process_time()
    result = timed_search(problem, seed, seconds)
    used = time.process_time() - began
    try:
        cost, fault = check_solution(path, result.routes), ""
    except ValueError as error:
        cost, fault = result.cost / 1000, str(error)
    return Line(path.name, cost, best_known, used, result.iterations, fault)


def timed_search(problem: EngineProblem, seed: int, seconds: float) -> Result:
    """The best plan within so many seconds of processor time."""
    began = time.process_time()

    def in_time(share: float) -> bool:
        return time.process_time() - began < seconds * share

    rate = _rate(problem, seed, lambda: in_time(MEASURING)) * 0.98
    left = seconds - (time.process_time() - began)
    return Search(problem, seed).solve(
        max(1, int(rate * left)), report=lambda _done, _of: in_time(1)
    )


def _rate(problem: EngineProblem, seed: int, in_time: Callable[[], bool]) -> float:
    """Iterations a second on this machine."""
    search = Search(problem, seed)
    began = time.process_time()
    done = search.solve(10_000_000, report=lambda _done, _of: in_time()).iterations
    return done / max(time.process_time() - began, 1e-6)


def _print(line: Line) -> None:
    known = f"{line.best_known:.2f}" if line.best_known else "-"
    gap = f"{line.gap:.2f}" if line.gap is not None else "-"
    print(
        f"{line.name:<9}{line.cost:>10.2f}{known:>12}{gap:>8}{line.seconds:>9.1f}{line.iterations:>12,}  {line.fault}",
        flush=True,
    )


def _names(folder: Path) -> Iterator[str]:
    for path in folder.iterdir():
        first = path.read_bytes()[:40].split()
        if path.is_file() and len(first) >= 4 and first[0] == b"1" and first[1].isdigit():
            yield path.name


def _best_known(folder: Path) -> dict[str, float]:
    for place in (folder, folder.parent):
        file = place / "best_known.csv"
        if file.exists():
            with file.open(encoding="utf-8", newline="") as rows:
                return {row["instance"]: float(row["best_known"]) for row in csv.DictReader(rows)}
    return {}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instances", type=Path, required=True, help="folder with the files")
    parser.add_argument("--seconds", type=float, default=10, help="processor time for each")
    parser.add_argument("--jobs", type=int, default=1, help="instances side by side")
    parser.add_argument("--only", default="", help="names, parted by commas")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
