"""Reckoning with days inside a query, the same on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class days_until(GenericFunction[int]):  # noqa: N801 - a function in SQL
    """`days_until(day, instant)`: days from a date to the office's calendar day (Japan) of an instant."""

    type = Integer()
    inherit_cache = True


@compiles(days_until, "sqlite")
def _in_sqlite(element: days_until, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    day, instant = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(julianday(date({instant}, '+9 hours')) - julianday({day}) AS INTEGER)"


@compiles(days_until, "postgresql")
def _in_postgresql(element: days_until, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    day, instant = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({instant} AT TIME ZONE 'Asia/Tokyo' AS date) - {day})"
