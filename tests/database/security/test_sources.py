"""The lock's functions call only functions that are there: a body is not looked at when it is made."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

CALLS = re.compile(r"\b(app|audit)\.([a-z_]+)\s*\(")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_every_function_that_is_called_exists(engine):
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT n.nspname, p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname IN ('app', 'audit')"
            )
        ).all()
        tables = {
            (schema, name)
            for schema, name in connection.execute(
                text(
                    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE n.nspname IN ('app', 'audit')"
                )
            )
        }
    there = {(schema, name) for schema, name, _ in found} | tables
    missing = {
        f"{name} calls {'.'.join(called)}"
        for _, name, source in found
        for called in CALLS.findall(source)
        if called not in there
    }
    assert len(there) > 100
    assert missing == set()
