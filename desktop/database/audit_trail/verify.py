"""Recomputes every digest and every seal and names what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from desktop.database.audit_trail import digests
from desktop.domain.clock import JAPAN
from desktop.domain.seals import LATEST_SEAL_MINUTES, Fault, Restore, Seal, SealFault, Verification

_DONE_TO = {Fault.CHANGED: "書き換えられています", Fault.ADDED: "後から足されています"}


def verify(engine: Engine, exported: Sequence[Seal] = ()) -> Verification:
    """Verify the whole trail, also against a list of seals exported earlier. Needs a superuser, changes nothing."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text("SET LOCAL work_mem = '256MB'"))
        rows = connection.execute(text(digests.SEALS)).all()
        events, disposed, unsealed = connection.execute(text(digests.COUNTS)).one()
        seals = [_seal(row) for row in rows]
        return Verification(
            events=events,
            seals=len(seals),
            unsealed=unsealed,
            disposed=disposed,
            last=seals[-1] if seals else None,
            restores=tuple(
                Restore(seal=row.n, at=row.at) for row in connection.execute(text(digests.RESTORES))
            ),
            faults=tuple(_faults(connection, rows, seals, exported)),
        )


def seals(engine: Engine) -> list[Seal]:
    """All seals in their order."""
    with engine.connect() as connection:
        return seals_from(connection, 0)


def seals_from(connection: Connection, n: int) -> list[Seal]:
    """The seals from a number on, in their order."""
    found = connection.execute(
        text("SELECT n, at, rows, chain FROM audit.seal WHERE n >= :n ORDER BY n"), {"n": n}
    )
    return [_seal(row) for row in found]


def _seal(row: Any) -> Seal:  # noqa: ANN401 - a row of SQLAlchemy
    return Seal(n=row.n, at=row.at, rows=row.rows, chain=bytes(row.chain))


def _faults(
    connection: Connection, rows: Sequence[Any], found: Sequence[Seal], exported: Sequence[Seal]
) -> Iterator[SealFault]:
    yield from _changed_rows(connection)
    for row in rows:
        if not row.agrees:
            yield from _differences(connection, row.n, row.at)
            break
    yield from _seals(rows)
    yield from _against_list(found, exported)
    yield from _unsealed(connection)
    yield from _tombstones(connection)


def _changed_rows(connection: Connection) -> Iterator[SealFault]:
    row = connection.execute(text(digests.CHANGED_ROWS)).first()
    if row is not None:
        seq, at, table, action, key, count = row
        more = f"（同じような記録がほかに{count - 1}件あります）" if count > 1 else ""
        sentence = f"{_event(seq, at, table, action, key)}の内容が書き換えられています{more}。"
        yield SealFault(fault=Fault.CHANGED, sentence=sentence, seq=seq)


def _differences(connection: Connection, n: int, at: datetime) -> Iterator[SealFault]:
    """The first event of a seal that is not what was sealed."""
    row = connection.execute(text(digests.DIFFERENCES), {"n": n}).first()
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


def _unsealed(connection: Connection) -> Iterator[SealFault]:
    count, seq, at = connection.execute(
        text(digests.UNSEALED), {"minutes": LATEST_SEAL_MINUTES}
    ).one()
    if count:
        yield SealFault(
            fault=Fault.UNSEALED,
            seq=seq,
            sentence=f"{LATEST_SEAL_MINUTES}分を過ぎても封印されていない監査記録が{count}件あります"
            f"（最初は{seq}番、{_when(at)}）。banso-admin server tick が動いているか確認してください。",
        )


def _tombstones(connection: Connection) -> Iterator[SealFault]:
    """What remains of files that were disposed of must be what was written then."""
    if connection.scalar(text("SELECT to_regclass('public.tombstone')")) is None:
        return
    row = connection.execute(text(digests.TOMBSTONES)).first()
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
