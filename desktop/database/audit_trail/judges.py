"""The verification for people who may not read the trail itself: its statements as functions of the database.

They are made of the statements of `digests`, so an auditor (監査担当) judges by the same expressions as the owner of the
server, and sees of an event no more than who, when, which table and which row. Because somebody who rewrites the
trail could rewrite a function that judges it, `verify` first compares what stands in the database with this program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.database.audit_trail import digests

_EVENT = "tbl text, action text, row_key text"
_GROUNDS = "LANGUAGE {language} STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """One statement of the verification: its name, its parameters with their types, what it returns.

    `of_tables` reads tables of schema `public` as well and so has no part in schema `audit`.
    """

    name: str
    statement: str
    takes: tuple[tuple[str, str], ...] = ()
    returns: str
    of_tables: bool = False

    @property
    def types(self) -> str:
        """The parameters' types, as a grant names them."""
        return ", ".join(kind for _, kind in self.takes)

    @property
    def called(self) -> str:
        """The statement by which a person calls it."""
        given = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in self.takes)
        return f"SELECT * FROM app.{self.name}({given})"  # noqa: S608 - constants of ours

    @property
    def body(self) -> str:
        """The statement with the function's parameters in the places of the values."""
        return re.sub(r"(?<!:):([a-z_]+)", r"p_\1", self.statement)

    @property
    def asked_body(self) -> str:
        """What the person's function does: see whether he asked, then judge."""
        names = ", ".join(f"p_{name}" for name, _ in self.takes)
        judged = self.body if self.of_tables else f"SELECT * FROM audit.{self.name}({names})"  # noqa: S608
        return f"\n#variable_conflict use_column\nBEGIN PERFORM app.need_audit(); RETURN QUERY {judged}; END "

    def functions(self) -> Iterator[str]:
        """CREATE FUNCTION for both schemas."""
        takes = ", ".join(f"p_{name} {kind}" for name, kind in self.takes)
        head = f"{self.name}({takes}) RETURNS TABLE ({self.returns})"
        if not self.of_tables:
            yield f"DROP FUNCTION IF EXISTS audit.{self.name}({self.types})"
            yield (
                f"CREATE FUNCTION audit.{head} {_GROUNDS.format(language='sql')}"
                f" AS $judge${self.body}$judge$"
            )
        yield f"CREATE FUNCTION app.{head} {_GROUNDS.format(language='plpgsql')} AS $judge${self.asked_body}$judge$"


SEAL_LIST = Judge(
    name="seal_list",
    statement=digests.SEAL_LIST,
    takes=(("from_n", "bigint"),),
    returns="n bigint, at timestamptz, rows bigint, chain bytea",
)
COUNTS = Judge(
    name="verify_counts",
    statement=digests.COUNTS,
    returns="events bigint, disposed bigint, unsealed bigint",
)
RESTORES = Judge(
    name="verify_restores", statement=digests.RESTORES, returns="n bigint, at timestamptz"
)
CHANGED_ROWS = Judge(
    name="verify_rows",
    statement=digests.CHANGED_ROWS,
    takes=(("after_at", "timestamptz"), ("to_at", "timestamptz")),
    returns=f"seq bigint, at timestamptz, {_EVENT}, total bigint",
)
SEALS = Judge(
    name="verify_seals",
    statement=digests.SEALS,
    takes=(("from_n", "bigint"), ("to_n", "bigint")),
    returns="n bigint, at timestamptz, agrees boolean, is_chained boolean, follows boolean",
)
DIFFERENCES = Judge(
    name="verify_differences",
    statement=digests.DIFFERENCES,
    takes=(("n", "bigint"),),
    returns=f"seq bigint, at timestamptz, {_EVENT}, kind text",
)
UNSEALED = Judge(
    name="verify_unsealed",
    statement=digests.UNSEALED,
    takes=(("minutes", "integer"),),
    returns="total bigint, seq bigint, at timestamptz",
)
WRITTEN = Judge(
    name="written_tombstones",
    statement=digests.WRITTEN_TOMBSTONES,
    returns="seq bigint, row_key text, was jsonb",
)
TOMBSTONES = Judge(
    name="verify_tombstones",
    statement=digests.TOMBSTONES.replace(
        digests.WRITTEN_TOMBSTONES,
        "SELECT t.seq, t.row_key, t.was FROM audit.written_tombstones() t",
    ),
    returns="seq bigint, row_key text, total bigint",
    of_tables=True,
)
COUNTS_BETWEEN = Judge(
    name="counts_between",
    statement=digests.COUNTS_BETWEEN,
    takes=(("start", "timestamptz"), ("end", "timestamptz")),
    returns="events bigint, unsealed bigint, seals bigint",
)
#: Those that people call; of the others only the function in schema `audit` is made.
CALLED = (SEAL_LIST, COUNTS, RESTORES, CHANGED_ROWS, SEALS, DIFFERENCES, UNSEALED, TOMBSTONES)
_INSIDE = (WRITTEN, COUNTS_BETWEEN)
#: Functions of schema `audit` that those of schema `app` call.
GRANTED = tuple(
    f"{judge.name}({judge.types})" for judge in (*_INSIDE, *CALLED) if not judge.of_tables
)


def judge_functions() -> Iterator[str]:
    """The functions, to be made when the lock is installed."""
    for judge in _INSIDE:
        yield from list(judge.functions())[:2]
    for judge in CALLED:
        yield from judge.functions()


def expected_sources() -> dict[tuple[str, str], str]:
    """Schema and name → what must stand in the database."""
    own = {("app", judge.name): judge.asked_body for judge in CALLED}
    inside = (*_INSIDE, *(judge for judge in CALLED if not judge.of_tables))
    return own | {("audit", judge.name): judge.body for judge in inside}
