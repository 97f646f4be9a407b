"""Recomputes every digest and every seal and names what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from desktop.database.audit_trail import judges
from desktop.database.audit_trail.judges import Judge
from desktop.domain.clock import JAPAN
from desktop.domain.errors import UserError
from desktop.domain.seals import LATEST_SEAL_MINUTES, Fault, Restore, Seal, SealFault, Verification

_DONE_TO = {Fault.CHANGED: "書き換えられています", Fault.ADDED: "後から足されています"}
#: Events that are judged in one statement: between two of them somebody may stop.
_AT_ONCE = 50_000
_STOPPED = "検証を中止しました。"
_SOURCES = """
SELECT n.nspname, p.proname, p.prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname IN ('app', 'audit')
"""

Report = Callable[[int, int, str], object]


def verify(
    engine: Engine,
    exported: Sequence[Seal] = (),
    *,
    as_auditor: bool = False,
    report: Report = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Verification:
    """Verify the whole trail, also against a list of seals exported earlier. Changes nothing.

    With this program's own statements, for which a superuser is needed; `as_auditor` by the database's functions,
    which must be this program's. Raises UserError once `cancelled`.
    """
    level = "READ COMMITTED" if as_auditor else "REPEATABLE READ"
    with engine.connect().execution_options(isolation_level=level) as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text("SET LOCAL work_mem = '256MB'"))
        trail = _Trail(connection, as_auditor)
        seals = [_seal(row) for row in trail.ask(judges.SEAL_LIST, from_n=0)]
        events, disposed, unsealed = trail.ask(judges.COUNTS)[0]
        faults = tuple(_faults(trail, seals, exported, report, cancelled))
        return Verification(
            events=events,
            seals=len(seals),
            unsealed=unsealed,
            disposed=disposed,
            last=seals[-1] if seals else None,
            restores=tuple(Restore(seal=row.n, at=row.at) for row in trail.ask(judges.RESTORES)),
            faults=faults,
        )


def seals(engine: Engine, *, as_auditor: bool = False) -> list[Seal]:
    """All seals in their order."""
    with engine.connect() as connection:
        return seals_from(connection, 0, as_auditor=as_auditor)


def seals_from(connection: Connection, n: int, *, as_auditor: bool = False) -> list[Seal]:
    """The seals from a number on, in their order."""
    return [_seal(row) for row in _Trail(connection, as_auditor).ask(judges.SEAL_LIST, from_n=n)]


@dataclass(frozen=True, slots=True)
class _Trail:
    """The trail at a connection: asked by the program's statements, or by the database's functions."""

    connection: Connection
    as_auditor: bool

    def ask(self, judge: Judge, **values: object) -> Sequence[Any]:
        """The rows of one statement."""
        statement = judge.called if self.as_auditor else judge.statement
        return self.connection.execute(text(statement), values).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Seals and the time of their events that are judged at once. None: without end."""

    from_n: int
    to_n: int
    after_at: datetime | None
    to_at: datetime | None
    events: int


def _parts(found: Sequence[Seal]) -> Iterator[_Part]:
    """Parts of about the same number of events; together they hold every seal and all of time."""
    from_n, after_at, events = 0, None, 0
    for seal in found[:-1]:
        events += seal.rows
        if events >= _AT_ONCE:
            yield _Part(from_n=from_n, to_n=seal.n, after_at=after_at, to_at=seal.at, events=events)
            from_n, after_at, events = seal.n + 1, seal.at, 0
    last, rest = (found[-1].n, found[-1].rows) if found else (0, 0)
    yield _Part(from_n=from_n, to_n=last, after_at=after_at, to_at=None, events=events + rest)


def _seal(row: Any) -> Seal:  # noqa: ANN401 - a row of SQLAlchemy
    return Seal(n=row.n, at=row.at, rows=row.rows, chain=bytes(row.chain))


def _faults(
    trail: _Trail,
    found: Sequence[Seal],
    exported: Sequence[Seal],
    report: Report,
    cancelled: Callable[[], bool],
) -> Iterator[SealFault]:
    if trail.as_auditor:
        yield from _altered_judges(trail.connection)
    changed: list[Any] = []
    rows: list[Any] = []
    done, total = 0, sum(seal.rows for seal in found)
    for part in _parts(found):
        if cancelled():
            raise UserError(_STOPPED)
        report(done, total, f"{done:,}／{total:,}件")
        changed += trail.ask(judges.CHANGED_ROWS, after_at=part.after_at, to_at=part.to_at)
        rows += trail.ask(judges.SEALS, from_n=part.from_n, to_n=part.to_n)
        done += part.events
    yield from _changed_rows(changed)
    for row in rows:
        if not row.agrees:
            yield from _differences(trail, row.n, row.at)
            break
    yield from _seals(rows)
    yield from _against_list(found, exported)
    yield from _unsealed(trail)
    yield from _tombstones(trail)


def _altered_judges(connection: Connection) -> Iterator[SealFault]:
    """A function that judges for the auditor must be the one that this program brings."""
    stands = {(row[0], row[1]): row[2] for row in connection.execute(text(_SOURCES))}
    for (schema, name), source in judges.expected_sources().items():
        if stands.get((schema, name)) != source:
            yield SealFault(
                fault=Fault.JUDGE_ALTERED,
                sentence=f"データベースの検証の手順（{schema}.{name}）がこのプログラムのものと違います。"
                "この検証の結果は信用できません。システム管理者とは別の人が、控えの封印と照らし合わせてください。",
            )


def _changed_rows(found: Sequence[Any]) -> Iterator[SealFault]:
    if found:
        seq, at, table, action, key, _ = found[0]
        others = sum(row.total for row in found) - 1
        more = f"（同じような記録がほかに{others}件あります）" if others else ""
        sentence = f"{_event(seq, at, table, action, key)}の内容が書き換えられています{more}。"
        yield SealFault(fault=Fault.CHANGED, sentence=sentence, seq=seq)


def _differences(trail: _Trail, n: int, at: datetime) -> Iterator[SealFault]:
    """The first event of a seal that is not what was sealed."""
    row = next(iter(trail.ask(judges.DIFFERENCES, n=n)), None)
    if row is None:  # every leaf agrees: the seal's own root or count was altered
        yield SealFault(
            fault=Fault.SEAL_ALTERED,
            seal=n,
            sentence=f"封印 {n}番（{_when(at)}）の値が、その範囲の監査記録と合いません。",
        )
        return
    seq, event_at, table, action, key, kind = row
    fault = Fault(kind)
    if fault is Fault.MISSING:
        sentence = f"監査記録 {seq}番が消されています（封印 {n}番、{_when(at)}）。"
    else:
        event = _event(seq, event_at, table, action, key)
        sentence = f"{event}が、封印 {n}番（{_when(at)}）の後で{_DONE_TO[fault]}。"
    yield SealFault(fault=fault, sentence=sentence, seal=n, seq=seq)


def _seals(rows: Sequence[Any]) -> Iterator[SealFault]:
    """The first seal that was altered, and the first that does not follow the one before it."""
    altered = next((row for row in rows if not row.is_chained), None)
    if altered is not None:
        yield SealFault(
            fault=Fault.SEAL_ALTERED,
            seal=altered.n,
            sentence=f"封印 {altered.n}番（{_when(altered.at)}）が書き換えられています。",
        )
    loose = next((row for row in rows if not row.follows), None)
    if loose is not None:
        yield SealFault(
            fault=Fault.SEAL_MISSING,
            seal=loose.n,
            sentence=f"封印 {loose.n}番（{_when(loose.at)}）が前の封印につながっていません。"
            "間の封印が消されたか、書き換えられています。",
        )


def _against_list(found: Sequence[Seal], exported: Sequence[Seal]) -> Iterator[SealFault]:
    """Who rewrites the trail can rewrite the chain with it, but not the list kept elsewhere."""
    here = {seal.n: seal for seal in found}
    for seal in exported:
        if seal.n not in here:
            yield SealFault(
                fault=Fault.OLDER_THAN_LIST,
                seal=seal.n,
                sentence=f"控えにある封印 {seal.n}番（{_when(seal.at)}）がデータベースにありません。"
                "古いバックアップに戻されたか、封印が消されています。",
            )
            return
        if here[seal.n] != seal:
            yield SealFault(
                fault=Fault.CHAIN_REWRITTEN,
                seal=seal.n,
                sentence=f"封印 {seal.n}番（{_when(seal.at)}）が控えと異なります。"
                "データベースの封印は作り直されています。",
            )
            return


def _unsealed(trail: _Trail) -> Iterator[SealFault]:
    count, seq, at = trail.ask(judges.UNSEALED, minutes=LATEST_SEAL_MINUTES)[0]
    if count:
        yield SealFault(
            fault=Fault.UNSEALED,
            seq=seq,
            sentence=f"{LATEST_SEAL_MINUTES}分を過ぎても封印されていない監査記録が{count}件あります"
            f"（最初は{seq}番、{_when(at)}）。banso-admin server tick が動いているか確認してください。",
        )


def _tombstones(trail: _Trail) -> Iterator[SealFault]:
    """What remains of files that were disposed of must be what was written then."""
    if trail.connection.scalar(text("SELECT to_regclass('public.tombstone')")) is None:
        return
    row = next(iter(trail.ask(judges.TOMBSTONES)), None)
    if row is not None:
        seq, key, count = row
        more = f"（同じような記録がほかに{count - 1}件あります）" if count > 1 else ""
        yield SealFault(
            fault=Fault.TOMBSTONE,
            seq=seq,
            sentence=f"廃棄の記録（行 {key}）が、廃棄したときの監査記録と合いません{more}。",
        )


def _event(seq: int, at: datetime, table: str, action: str, key: str) -> str:
    row = f"、行 {key}" if key else ""
    return f"監査記録 {seq}番（{_when(at)}、表 {table}、操作 {action}{row}）"


def _when(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}"
