"""The seals of the scheduled command: made in the database, and kept outside of it as a witness."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from desktop.database.audit_trail.seal_list import add_to_list, last_of_list
from desktop.database.audit_trail.verify import seals_from
from desktop.domain.errors import UserError

_EPOCH = "SELECT audit.open_epoch((SELECT system_identifier FROM pg_control_system()))"
_RESTORED = (
    "このデータベースは別のサーバーから復元されています。封印 {n}番から新しい区切りにしました。"
)
_WENT_BACK = (
    "控えにある封印 {n}番が、データベースにないか、値が違います。"
    "古いバックアップに戻されたか、封印が作り直されています。"
    "banso-admin audit verify --seals で確かめ、意図した復元であれば、理由を書面に残して控えのファイルを別の名前で保管してください。"
)


def seal(connection: Connection) -> tuple[dict[str, int], str]:
    """Seal what is finished; a database restored into another server begins anew first."""
    restored = connection.scalar(text(_EPOCH))
    sealed = 0
    while found := connection.scalar(text("SELECT audit.seal_now()")):
        sealed += int(found)
    return {"sealed": sealed}, _RESTORED.format(n=restored) if restored else ""


def witness(connection: Connection, seal_list: Path) -> tuple[dict[str, int], str]:
    """Add the new seals to the list outside. Raises UserError where the database went back behind it."""
    last = last_of_list(seal_list)
    found = seals_from(connection, last.n if last else 0)
    if last is not None and found[:1] != [last]:
        raise UserError(_WENT_BACK.format(n=last.n))
    return {"kept": add_to_list(seal_list, found[1:] if last else found)}, ""
