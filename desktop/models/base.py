"""What all tables share: naming, column types, keys, and the visibility class that every table states."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Enum, ForeignKey, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from desktop.domain.ids import new_id
from desktop.domain.right_kinds import Visibility
from desktop.override import override


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant. SQLite keeps no zone, so it is stored as UTC there and made aware again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and hand over UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all mapped tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        UUID: Uuid(),
        datetime: UtcDateTime(),
        str: Text(),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


#: Folded words and sort keys: compared by code point on both engines, so that prefix ranges use the index.
WORD = Text().with_variant(Text(collation="C"), "postgresql")


def code(enum: type[StrEnum]) -> Enum:
    """A column type that stores an enum's codes as text under a CHECK."""
    return Enum(
        enum,
        name=enum.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [m.value for m in members],
    )


def office_table(*parts: object) -> tuple[Any, ...]:
    """Table arguments of the office's own set-up, readable by every member of staff."""
    return _table(Visibility.OFFICE, parts)


def directory(*parts: object) -> tuple[Any, ...]:
    """Table arguments of what the whole office may find: case number, names, district, state."""
    return _table(Visibility.DIRECTORY, parts)


def facts(*parts: object) -> tuple[Any, ...]:
    """Table arguments of dates, codes and dues: own districts, team, persons, duty."""
    return _table(Visibility.FACTS, parts)


def content(*parts: object) -> tuple[Any, ...]:
    """Table arguments of text, health, barriers, guidance: only with a committed ticket."""
    return _table(Visibility.CONTENT, parts)


def log(*parts: object) -> tuple[Any, ...]:
    """Table arguments of append-only traces of reading, printing and import."""
    return _table(Visibility.LOG, parts)


def visibility(table: Table) -> Visibility:
    """The class a table states. Raises KeyError where a table forgot it."""
    return Visibility(table.info["visibility"])


def _table(kind: Visibility, parts: tuple[object, ...]) -> tuple[Any, ...]:
    return (*parts, {"info": {"visibility": kind.value}})


class Keyed:
    """A row with a UUIDv7 key made by the client, belonging to one office."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))


class Dated:
    """A row that holds from a day to a day, both inclusive; no end means it still holds."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Versioned:
    """A row people edit: the form hands back the version it showed."""

    version: Mapped[int] = mapped_column(default=1)
