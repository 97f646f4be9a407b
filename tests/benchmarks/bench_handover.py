"""A whole team's households handed over in one transaction, beside a bare UPDATE of the same households in the same run.

Run: python -m tests.benchmarks.bench_handover [HOUSEHOLDS ...]. The head of the office gives all districts of HOUSEHOLDS (110, then
3,000) households to one new caseworker from a day on, with permission checks, audit and the list of households; then takes
it back (not measured). The UPDATE beside it has neither policies nor guards: it is the server's own login.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, select, update

from desktop.database.engine import make_engine
from desktop.domain.handovers import HandoverPlan, Move
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import Office
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import Times, fresh_databases, milliseconds, report
from tests.support import factories
from tests.support.databases import FreshDatabases
from tests.support.desk import SmallOffice
from tests.support.factories import TODAY

SIZES = (110, 3_000)
_ROUNDS = 7
_DAY = TODAY + timedelta(days=30)


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or SIZES
    with fresh_databases() as databases:
        for kind in ("sqlite", "postgresql"):
            for households in sizes:
                measure(databases, kind, households)


def measure(databases: FreshDatabases, kind: str, households: int) -> None:
    """Hand over, take back, update: in turn, so that a busy machine slows both."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        office = large_office(engine, visible=households, households=households)
        with office.work() as session:
            at = session.get_one(Office, office.head.office_id)
            new_id_of = factories.make_staff(session, Role.CASEWORKER, office=at).id
        head = office.desk(office.head)
        times, count = Times([], []), 0
        for _ in range(_ROUNDS + 1):
            districts, _people = head.handovers.offered(_DAY)
            plan = HandoverPlan(
                batch_id=new_id(),
                effective_on=_DAY,
                moves=tuple(
                    Move(
                        handover_id=new_id(),
                        district_id=d.district_id,
                        to_id=new_id_of,
                        shown_from_id=d.from_id,
                    )
                    for d in districts
                ),
            )
            times.ours.append(milliseconds(partial(head.handovers.hand_over, plan)))
            for move in plan.moves:
                count += head.handovers.undo(move.handover_id)
            times.theirs.append(milliseconds(lambda: bare(engine, office)))
        report(
            f"{kind}, {count // (_ROUNDS + 1):,} households of {len(plan.moves)} districts handed over",
            Times(times.ours[1:], times.theirs[1:]),
            "bare UPDATE of the same households",
        )
        head.work.engine.dispose()
        office.work.engine.dispose()
        engine.dispose()


def bare(engine: Engine, office: SmallOffice) -> None:
    """The least that a change of every household costs."""
    h = Household
    with engine.begin() as connection:
        ids = connection.scalars(select(h.id).where(h.office_id == office.head.office_id)).all()
        connection.execute(
            update(h).where(h.office_id == office.head.office_id).values(version=h.version + 1)
        )
        assert ids


if __name__ == "__main__":
    main()
