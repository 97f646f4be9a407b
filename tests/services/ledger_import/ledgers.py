"""Small ledgers with invented people, an office to take them in, and what the database then holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.ledger import training_line
from desktop.domain.office import DatabaseKind
from desktop.models import Base
from desktop.models.office import DatabaseInfo
from desktop.resources import resource_path
from desktop.services.ledger_import import LedgerImport
from tests.support import factories

TRAINING = resource_path("mappings", "training.toml")
VENDOR_A = resource_path("mappings", "vendor_a.toml")
VENDOR_B = resource_path("mappings", "vendor_b.toml")

HEAD: dict[str, str] = {
    "ケース番号": "00001",
    "宛名番号": "1001",
    "世帯主区分": "1",
    "続柄": "世帯主",
    "氏名": "試験　太郎",
    "氏名カナ": "シケン　タロウ",
    "生年月日": "S250102",
    "性別": "男",
    "郵便番号": "123-4567",
    "住所": "架空県架空市緑町1-2-3",
    "地区コード": "01",
    "地区名": "緑町",
    "担当者名": "担当　一郎",
    "世帯類型": "高齢者",
    "保護状態": "受給中",
    "保護開始日": "H300401",
    "保護廃止日": "",
    "支援措置": "0",
    "居所区分": "居宅",
    "施設名": "",
    "就労先": "",
    "訪問格付": "C",
    "最終面接日": "R060801",
    "援助方針承認日": "R051001",
    "援助方針見直期日": "R060930",
    "最終収入申告日": "R060401",
    "最終資産申告日": "",
    "死亡日": "",
}
WIFE = HEAD | {
    "宛名番号": "1002",
    "世帯主区分": "0",
    "続柄": "配偶者",
    "氏名": "試験　花子",
    "氏名カナ": "シケン　ハナコ",
    "生年月日": "昭和27年3月4日",
    "性別": "女",
    "居所区分": "入院",
    "施設名": "架空病院",
}
SECOND = HEAD | {
    "ケース番号": "00002",
    "宛名番号": "2001",
    "氏名": "髙﨑　次郎",
    "氏名カナ": "タカサキ　ジロウ",
    "地区コード": "02",
    "地区名": "青葉",
    "就労先": "架空商店",
    "世帯類型": "その他",
    "生年月日": "H010203",
}
SHIELDED = HEAD | {
    "ケース番号": "00003",
    "宛名番号": "3001",
    "氏名": "秘匿　三子",
    "氏名カナ": "ヒトク　ミツコ",
    "支援措置": "1",
    "性別": "女",
    "世帯類型": "母子",
}
CLOSED = HEAD | {
    "ケース番号": "00004",
    "宛名番号": "4001",
    "氏名": "廃止　四郎",
    "氏名カナ": "ハイシ　シロウ",
    "保護状態": "廃止",
    "保護廃止日": "R060301",
}
ALL = (HEAD, WIFE, SECOND, SHIELDED, CLOSED)


def csv_text(rows: Iterable[dict[str, str]], *, marker: bool = True) -> str:
    """A ledger as text; the columns are those of the first row."""
    rows = list(rows)
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return "\r\n".join([*([training_line("900001")] if marker else []), *lines, ""])


def write_ledger(
    folder: Path,
    rows: Iterable[dict[str, str]] = ALL,
    *,
    encoding: str = "cp932",
    marker: bool = True,
    name: str = "ledger.csv",
) -> Path:
    """A ledger as a file."""
    path = folder / name
    path.write_bytes(csv_text(rows, marker=marker).encode(encoding))
    return path


def empty_office(engine: Engine) -> UnitOfWork:
    """An office without households, as `database create` leaves it; SQLite is a training office."""
    work = UnitOfWork(engine)
    kind = DatabaseKind.TRAINING if engine.dialect.name == "sqlite" else DatabaseKind.OFFICE
    with work() as session:
        factories.make_office(session, code="900001")
        session.add(DatabaseInfo(kind=kind, created_at=factories.CLOCK.now()))
    return work


def importer(work: UnitOfWork, clock: Clock = factories.CLOCK) -> LedgerImport:
    """The import as the command line has it."""
    return LedgerImport(work, clock)


def counts(work: UnitOfWork) -> dict[str, int]:
    """Rows per table."""
    with work() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def contents(work: UnitOfWork) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with work() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
