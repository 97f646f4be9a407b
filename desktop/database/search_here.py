"""The search on SQLite: triggers of `search_sources`, and the index over pairs of characters in a table beside the text.

Both are made anew after every upgrade (`migrate`), so a revision that copies a table cannot leave its triggers behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, text

from desktop.database.search_sources import HEAD, SOURCES, Change, Source, heads, texts
from desktop.domain.search_text import Term, grams

#: The index, and what SQLite keeps beside it.
PAIRS = "search_pairs"
_TRIGGER = "find"
#: Six digits a character: SQLite's own reading of letters is not asked.
_DIGITS = 6
_DAY = "date({}, '+9 hours')"
_INDEX = (
    f"CREATE VIRTUAL TABLE {PAIRS} USING fts5(pairs, content='', columnsize=0, detail=none,"
    f" tokenize='ascii', prefix='{_DIGITS}')"
)
_ADD = f"INSERT INTO {PAIRS} (rowid, pairs) VALUES (NEW.place, banso_pairs(NEW.folded));"  # noqa: S608
_TAKE = f"INSERT INTO {PAIRS} ({PAIRS}, rowid, pairs) VALUES ('delete', OLD.place, banso_pairs(OLD.folded));"  # noqa: S608
_KEPT = (
    f"CREATE TRIGGER {_TRIGGER}_pairs_added AFTER INSERT ON search_text BEGIN {_ADD} END",
    f"CREATE TRIGGER {_TRIGGER}_pairs_removed AFTER DELETE ON search_text BEGIN {_TAKE} END",
    f"CREATE TRIGGER {_TRIGGER}_pairs_changed AFTER UPDATE OF folded ON search_text BEGIN {_TAKE} {_ADD} END",
)


def pairs(folded: str) -> str:
    """A folded text as the index takes it in: its pairs of characters, in digits."""
    return " ".join(sorted(map(_digits, grams(folded))))


def matching(terms: tuple[Term, ...]) -> str:
    """The candidates of a query, as the index is asked: all pairs of a word, the beginning of one for one character."""
    wanted = (term for term in terms if not term.is_excluded)
    return " AND ".join(f"({' OR '.join(map(_matching, term.words))})" for term in wanted)


def take_away(connection: Connection) -> None:
    """Take index and triggers away, so that a revision may change the tables, or rows come in bulk."""
    named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :name")
    for name in connection.scalars(named, {"name": f"{_TRIGGER}%"}).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {PAIRS}")


def prepare(connection: Connection) -> None:
    """Make index and triggers, and bring in what is not in the search yet."""
    take_away(connection)
    for source in SOURCES:
        connection.exec_driver_sql(
            f"{_read(source)} WHERE NOT EXISTS (SELECT 1 FROM search_text t WHERE t.noun = '{source.noun}'"  # noqa: S608
            f" AND t.row_id = h.row_id) ORDER BY h.row_id {_again()}"
        )
    connection.exec_driver_sql(_INDEX)
    connection.exec_driver_sql(
        f"INSERT INTO {PAIRS} (rowid, pairs) SELECT place, banso_pairs(folded) FROM search_text"  # noqa: S608
    )
    for statement in (*_KEPT, *_triggers()):
        connection.exec_driver_sql(statement)


def words_of(connection: Connection, noun: str, row_id: UUID) -> tuple[str, ...]:
    """The texts of a thing as they were written, in their order."""
    source = next(each for each in SOURCES if each.noun == noun)
    head = f"(SELECT * FROM ({heads(source, day=_DAY)}) WHERE row_id = :row_id)"  # noqa: S608
    statement = text(f"{texts(source, head=head)} ORDER BY 2, 3, 4, 5")
    return tuple(connection.scalars(statement, {"row_id": row_id.hex}))


@lru_cache(maxsize=1 << 16)
def _digits(pair: str) -> str:
    # Texts are made of the same pairs over and over.
    return "".join(f"{ord(sign):0{_DIGITS}x}" for sign in pair)


def _matching(word: str) -> str:
    if len(word) == 1:
        return f"{_digits(word)}*"
    return f"({' AND '.join(sorted({_digits(word[i : i + 2]) for i in range(len(word) - 1)}))})"


def _triggers() -> Iterator[str]:
    for source in SOURCES:
        for number, change in enumerate(source.changes):
            event = f"UPDATE OF {', '.join(change.watched)}" if change.watched else "INSERT"
            yield (
                f"CREATE TRIGGER {_TRIGGER}_{source.noun}_{number} AFTER {event} ON {change.table}{_when(change)}"
                f" BEGIN {_read(source)} WHERE h.{change.of} = NEW.{change.column} {_again()}; END"
            )


def _when(change: Change) -> str:
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in change.watched)
    return f" WHEN {changed}" if changed else ""


def _read(source: Source) -> str:
    """Reads things of a noun anew; a condition on head `h` follows."""
    parts = texts(source, words="banso_fold({})")
    return (
        f"INSERT INTO search_text (noun, {', '.join(HEAD)}, folded)"  # noqa: S608 - names of ours
        f" SELECT '{source.noun}', {', '.join(f'h.{name}' for name in HEAD)}, coalesce((SELECT group_concat(p.words, char(10))"
        f" FROM ({parts} ORDER BY 2, 3, 4, 5) p), '') FROM ({heads(source, day=_DAY)}) h"
    )


def _again() -> str:
    kept = ", ".join(f"{name} = excluded.{name}" for name in (*HEAD[3:], "folded"))
    return f"ON CONFLICT (noun, row_id) DO UPDATE SET {kept}"
