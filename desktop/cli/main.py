"""`banso-admin`: set-up of an office and batch work.

Exit status: 0, 1 for a refused request with a sentence on stderr, 2 for a wrong call.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Sequence

from desktop.cli import (
    audit,
    database,
    help_package,
    ledger,
    papers,
    places,
    plan,
    rights,
    server,
    staff,
    status,
    training,
)
from desktop.domain.errors import UserError
from desktop.planning.engine_form import planner_line
from desktop.version import VERSION

REFUSED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except UserError as error:
        print(error.sentence, file=sys.stderr)
        return REFUSED


def parser() -> argparse.ArgumentParser:
    """All commands; each module adds its own."""
    whole = argparse.ArgumentParser(prog="banso-admin", description="福祉事務所の設定と一括処理")
    whole.add_argument("--version", action="version", version=f"{VERSION}　{planner_line()}")
    commands = whole.add_subparsers(required=True, metavar="コマンド")
    for module in (
        status,
        database,
        server,
        staff,
        rights,
        ledger,
        papers,
        places,
        plan,
        training,
        audit,
        help_package,
    ):
        module.add_parser(commands)
    return whole


if __name__ == "__main__":
    # In the bundle a worker process is this very program, called with marks of its own.
    multiprocessing.freeze_support()
    sys.exit(main())
