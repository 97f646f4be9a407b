"""What several revisions do alike: keys, coded columns, tables of words, and office data that came later."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master

_ORIGINS = "ck_todo_todoorigin"
_OFFICE = sa.table("office", sa.column("id", sa.Uuid()))
_MASTER = sa.table(
    "master",
    sa.column("id", sa.Uuid()),
    sa.column("office_id", sa.Uuid()),
    sa.column("table_name", sa.Text()),
    sa.column("key", sa.Text()),
    sa.column("valid_from", sa.Date()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    sa.column("source", sa.Text()),
    sa.column("confirmed", sa.Boolean()),
    sa.column("is_retired", sa.Boolean()),
    sa.column("is_seed", sa.Boolean()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
    sa.column("approved_at", sa.DateTime(timezone=True)),
)


def keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys of a table: column = the table whose id it holds."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def code(name: str, values: Sequence[str]) -> sa.Enum:
    """The type of a column that holds one of these codes; `name` is that of its CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def words(table: str, of: str, key: str, *texts: str) -> None:
    """Make the table with the words of another one, whose rows its `key` names."""
    op.create_table(
        table,
        sa.Column(key, sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *(sa.Column(text, sa.Text(), nullable=False) for text in texts),
        *keys(table, **{key: of}, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
    )


def add_masters(*tables: Master, keys: Collection[str] = ()) -> None:
    """Give the offices that are there new tables of office data, with the rows that a new office begins with.

    With `keys` only those rows, to offices that lack them: a row that was added to a table.

    The rows are those shipped today (`resources/rules`), so a revision that later changes their shape finds rows of
    either shape.
    """
    now = datetime.now(UTC)
    found = [
        {
            "id": new_id(),
            "office_id": office_id,
            "table_name": table.value,
            "key": row.key,
            "valid_from": row.valid_from,
            "value": dict(row.value),
            "source": row.source,
            "confirmed": row.confirmed,
            "is_retired": False,
            "is_seed": True,
            "entered_at": now,
            "approved_at": now,
        }
        for office_id in op.get_bind().scalars(sa.select(_OFFICE.c.id)).all()
        for table in tables
        for row in shipped_rows(table)
        if not keys or (row.key in keys and not _has_key(office_id, table, row.key))
    ]
    if found:
        op.bulk_insert(_MASTER, found)


def _has_key(office_id: object, table: Master, key: str) -> bool:
    m = _MASTER.c
    found = sa.select(m.id).where(
        m.office_id == office_id, m.table_name == table.value, m.key == key
    )
    return op.get_bind().scalar(found.limit(1)) is not None


def drop_masters(*tables: Master) -> None:
    """Take tables of office data away again."""
    op.execute(_MASTER.delete().where(_MASTER.c.table_name.in_([table.value for table in tables])))


def allow_todo_origin(origin: str) -> None:
    """Let to-dos have one more origin, whatever origins are allowed by now."""
    allow_todo_origins([*_todo_origins(), origin])


def refuse_todo_origin(origin: str) -> None:
    """Let no to-do have this origin any more; what is there becomes an assigned one."""
    todo = sa.table("todo", sa.column("origin", sa.Text()))
    op.execute(sa.update(todo).where(todo.c.origin == origin).values(origin="assigned"))
    allow_todo_origins([each for each in _todo_origins() if each != origin])


def _todo_origins() -> list[str]:
    """The origins that the CHECK of the table names."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        of_check = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
        named = str(connection.scalar(sa.text(of_check), {"name": _ORIGINS}))
    else:
        named = re.findall(r"origin IN \([^)]*\)", _sql_of(connection, "todo"))[0]
    return re.findall(r"'(\w+)'", named)


def allow_todo_origins(origins: Sequence[str]) -> None:
    """Let to-dos have these origins and no others."""
    allow_codes("todo", "origin", "todoorigin", origins)


def allow_codes(table: str, column: str, name: str, codes: Sequence[str]) -> None:
    """Let a coded column have these codes and no others; `name` is that of its CHECK, as `code` was told it."""
    allowed = ", ".join(f"'{each}'" for each in codes)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        check = op.f(f"ck_{table}_{name}")
        op.drop_constraint(check, table, type_="check")
        op.create_check_constraint(check, table, sa.text(f"{column} IN ({allowed})"))
        return
    # SQLite would copy the table and drop the old one, which what hangs on it forbids: the CHECK is edited in place
    # (www.sqlite.org/lang_altertable.html, "less critical changes").
    edited = re.sub(
        rf"\b{column} IN \([^)]*\)", f"{column} IN ({allowed})", _sql_of(connection, table)
    )
    version = connection.scalar(sa.text("PRAGMA schema_version")) or 0
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name"),
        {"sql": edited, "name": table},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))


def _sql_of(connection: sa.Connection, table: str) -> str:
    wanted = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return str(connection.scalar(wanted, {"name": table}))
