"""Import of a ledger beside plain `csv.reader` + executemany of the same rows: `python -m tests.benchmarks.bench_ledger_import`.

Prints seconds, the ratio, and the peak memory of one process each at a tenth of the rows and at all of them.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.ledger import training_line
from desktop.services.ledger_import import LedgerImport
from desktop.services.office_setup import create_database
from tests.services.ledger_import.ledgers import HEAD, TRAINING, WIFE
from tests.support.factories import CLOCK

DISTRICTS = 80
FAMILIES = ("佐藤", "鈴木", "髙橋", "田中", "伊藤", "渡邊", "山本", "中村", "小林", "加藤")
MODES = ("csv", "import", "again")


def ledger_rows(count: int) -> Iterator[dict[str, str]]:
    """Heads, every third with a spouse, in made-up towns."""
    case = 0
    while count > 0:
        case += 1
        common = {
            "ケース番号": f"{case:06}",
            "地区コード": f"{case % DISTRICTS:02}",
            "地区名": f"架空{case % DISTRICTS}地区",
            "住所": f"架空県架空市緑町{case % 30 + 1}丁目{case % 20 + 1}番{case % 11 + 1}号",
            "氏名": f"{FAMILIES[case % len(FAMILIES)]}　試験{case % 997}",
            "生年月日": f"S{20 + case % 40}{1 + case % 12:02}{1 + case % 28:02}",
        }
        yield HEAD | common | {"宛名番号": f"{case * 10:08}"}
        count -= 1
        if case % 3 == 0 and count > 0:
            yield WIFE | common | {"宛名番号": f"{case * 10 + 1:08}"}
            count -= 1


def write_ledger(path: Path, count: int) -> None:
    with path.open("w", encoding="cp932", newline="") as file:
        file.write(training_line("900001") + "\r\n")
        writer = csv.DictWriter(file, list(HEAD))
        writer.writeheader()
        writer.writerows(ledger_rows(count))


def plain_csv(path: Path, folder: Path) -> float:
    """What is the least anybody could do with the file."""
    begun = time.perf_counter()
    connection = sqlite3.connect(folder / "plain.sqlite")
    with connection, path.open(encoding="cp932", newline="") as file:
        connection.execute("PRAGMA journal_mode=WAL")
        reader = csv.reader(file)
        next(reader)
        names = next(reader)
        connection.execute(f"CREATE TABLE ledger ({', '.join(names)})")
        connection.executemany(f"INSERT INTO ledger VALUES ({','.join('?' * len(names))})", reader)  # noqa: S608
    connection.close()
    return time.perf_counter() - begun


def import_into(url: str, path: Path) -> float:
    engine = make_engine(url)
    begun = time.perf_counter()
    report = LedgerImport(UnitOfWork(engine), CLOCK).run(path, TRAINING)
    seconds = time.perf_counter() - begun
    engine.dispose()
    if report.problem_total:
        raise SystemExit(report.problems[0].full_sentence)
    return seconds


def measured(mode: str, path: Path, folder: Path) -> float:
    url = f"sqlite:///{folder / 'office.sqlite'}"
    if mode == "import":
        create_database(url, CLOCK, code="900001", name="架空市福祉事務所", login="kiroku")
    call: Callable[[], float] = (
        (lambda: plain_csv(path, folder)) if mode == "csv" else (lambda: import_into(url, path))
    )
    return call()


def in_own_process(mode: str, path: Path, folder: Path) -> tuple[float, float]:
    """Seconds, and the process's peak memory in MiB."""
    command = [sys.executable, "-m", __spec__.name, "--mode", mode, str(path), str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1])


def compare(rows: int) -> None:
    for count in (rows // 10, rows):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "ledger.csv"
            write_ledger(path, count)
            found = {mode: in_own_process(mode, path, folder) for mode in MODES}
        plain, _ = found["csv"]
        print(f"{count:,} rows")
        for mode, (seconds, memory) in found.items():
            print(
                f"  {mode:7} {seconds:7.2f} s  {seconds / plain:6.1f} x csv+executemany  "
                f"{count / seconds:9,.0f} rows/s  peak {memory:5.0f} MiB"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=110_000)
    parser.add_argument("--mode", choices=MODES)
    parser.add_argument("paths", nargs="*", type=Path)
    args = parser.parse_args()
    if args.mode:
        seconds = measured(args.mode, *args.paths)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(seconds, peak)
    else:
        compare(args.rows)


if __name__ == "__main__":
    main()
