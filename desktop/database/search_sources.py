"""Which words of a file can be searched: one `Source` a noun. Both databases make their triggers and readings of this list.

What only some readers of a file may see (sensitive barriers, guidance, medical words, minutes) is no source; a test holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.search import SearchNoun


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A table with words of a thing: `key` is the column that names it by the head's column `of`.

    `position` orders several rows, `tie` (a column of ids) those at the same position, so that both databases keep them in
    one order; a versioned table gives those of the head's `version` alone.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    of: str = "row_id"
    position: str = "0"
    tie: str = ""
    is_versioned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """After which change of a table the thing is read anew: `column` of the changed row names it by the head's column `of`.

    Without `watched` rows were added, else one of those columns is another.
    """

    table: str
    column: str
    of: str = "row_id"
    watched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One noun: `heads` selects HEAD of each thing. DAY(x) is the day of an instant, TABLE(x) a table of ours."""

    noun: SearchNoun
    heads: str
    words: tuple[Words, ...]
    changes: tuple[Change, ...]


#: What `heads` gives, beside columns that `Words` and `Change` name.
HEAD = ("row_id", "office_id", "household_id", "event_on", "author_id", "kind", "only_for")

_STANDING = ("version", "approved_version", "state")
SOURCES: tuple[Source, ...] = (
    Source(
        noun=SearchNoun.ENTRY,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, x.event_on, x.author_id, x.kind,"
        " CASE WHEN x.state = 'draft' AND x.approved_version IS NULL THEN x.author_id END AS only_for,"
        " coalesce(x.approved_version, x.version) AS version FROM TABLE(entry) x",
        words=(
            Words(
                table="segment",
                key="entry_id",
                columns=("text", "source"),
                position="position",
                is_versioned=True,
            ),
        ),
        changes=(
            Change(table="segment", column="entry_id"),
            Change(
                table="entry", column="id", watched=(*_STANDING, "event_on", "kind", "author_id")
            ),
        ),
    ),
    Source(
        noun=SearchNoun.POLICY,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, x.made_on AS event_on, x.author_id, NULL AS kind,"
        " CASE WHEN x.state = 'draft' AND x.approved_version IS NULL THEN x.author_id END AS only_for,"
        " coalesce(x.approved_version, x.version) AS version FROM TABLE(support_policy) x",
        words=(
            Words(
                table="policy_text",
                key="policy_id",
                columns=("situation", "evaluation"),
                is_versioned=True,
            ),
            Words(
                table="policy_issue",
                key="policy_id",
                columns=("text", "fact", "cause", "wish", "strength", "result"),
                position="position",
                is_versioned=True,
            ),
            Words(
                table="policy_goal",
                key="policy_id",
                columns=("text",),
                position="position",
                tie="goal_id",
                is_versioned=True,
            ),
            Words(
                table="policy_action",
                key="policy_id",
                columns=("what", "measure"),
                position="position",
                tie="action_id",
                is_versioned=True,
            ),
        ),
        changes=(
            Change(table="policy_text", column="policy_id"),
            Change(table="policy_issue", column="policy_id"),
            Change(table="policy_goal", column="policy_id"),
            Change(table="policy_action", column="policy_id"),
            Change(table="support_policy", column="id", watched=(*_STANDING, "made_on")),
        ),
    ),
    Source(
        noun=SearchNoun.INSTRUCTION,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, DAY(x.at) AS event_on, x.by_id AS author_id,"
        " x.move AS kind, CAST(NULL AS uuid) AS only_for FROM TABLE(approval_move) x JOIN TABLE(approval) a ON a.id = x.approval_id"
        " AND a.subject_kind IN ('entry', 'support_policy')",
        words=(Words(table="approval_note", key="move_id", columns=("text",)),),
        changes=(Change(table="approval_note", column="move_id"),),
    ),
    Source(
        noun=SearchNoun.PAPER,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, DAY(x.received_at) AS event_on,"
        " x.received_by AS author_id, x.kind, CAST(NULL AS uuid) AS only_for FROM TABLE(paper) x",
        words=(
            Words(table="paper_text", key="paper_id", columns=("from_whom", "note")),
            Words(table="paper_step_text", key="paper_id", columns=("reason",), position="number"),
        ),
        changes=(
            Change(table="paper_text", column="paper_id"),
            Change(table="paper_text", column="paper_id", watched=("from_whom", "note")),
            Change(table="paper_step_text", column="paper_id"),
        ),
    ),
    Source(
        noun=SearchNoun.ATTACHMENT,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, DAY(x.received_at) AS event_on,"
        " x.received_by AS author_id, x.kind, CAST(NULL AS uuid) AS only_for FROM TABLE(attachment) x",
        words=(Words(table="attachment_content", key="attachment_id", columns=("name",)),),
        changes=(Change(table="attachment_content", column="attachment_id"),),
    ),
    Source(
        noun=SearchNoun.PERSON,
        heads="SELECT x.id AS row_id, x.office_id, x.household_id, x.valid_from AS event_on, CAST(NULL AS uuid) AS author_id,"
        " NULL AS kind, CAST(NULL AS uuid) AS only_for, x.person_id FROM TABLE(member) x",
        words=(Words(table="person", key="id", columns=("name", "kana"), of="person_id"),),
        changes=(
            Change(table="member", column="id"),
            Change(table="person", column="id", of="person_id", watched=("name", "kana")),
        ),
    ),
    Source(
        noun=SearchNoun.LIAISON,
        heads="SELECT x.liaison_id AS row_id, x.office_id, x.household_id, DAY(x.made_at) AS event_on, x.made_by AS author_id,"
        " CASE WHEN x.bar IS NOT NULL THEN 'barred' WHEN x.valid_to IS NOT NULL THEN 'ended' ELSE x.kind END AS kind,"
        " CAST(NULL AS uuid) AS only_for, x.id AS version_id FROM TABLE(liaison) x WHERE NOT EXISTS"
        " (SELECT 1 FROM TABLE(liaison) y WHERE y.liaison_id = x.liaison_id AND y.version > x.version)",
        words=(
            Words(
                table="liaison",
                key="id",
                columns=("name", "whom", "telephone", "note"),
                of="version_id",
            ),
        ),
        changes=(Change(table="liaison", column="liaison_id"),),
    ),
)
_DAY, _TABLE = re.compile(r"DAY\(([\w.]+)\)"), re.compile(r"TABLE\((\w+)\)")


def heads(source: Source, *, day: str, schema: str = "") -> str:
    """The heads for one database: `day` with {} for an instant, `schema` before the name of a table."""
    dated = _DAY.sub(lambda found: day.format(found[1]), source.heads)
    return _TABLE.sub(lambda found: f"{schema}{found[1]}", dated)


def texts(source: Source, *, words: str = "{}", schema: str = "", head: str = "") -> str:
    """The texts of head `h`, each with its place (a, b, c, d); `words` says what becomes of a text.

    `head` is a select of that head, where it does not stand around the texts.
    """
    return " UNION ALL ".join(_texts(source, words, schema, head and f", {head} h"))


def _texts(source: Source, words: str, schema: str, head: str) -> Iterator[str]:
    for a, part in enumerate(source.words):
        version = " AND t.version = h.version" if part.is_versioned else ""
        position = part.position if part.position == "0" else f"t.{part.position}"
        tie = f"t.{part.tie}" if part.tie else "CAST(NULL AS uuid)"
        for d, column in enumerate(part.columns):
            yield (
                f"SELECT {words.format(f't.{column}')} AS words, {a} AS a, {position} AS b, {tie} AS c, {d} AS d"  # noqa: S608
                f" FROM {schema}{part.table} t{head} WHERE t.{part.key} = h.{part.of}{version} AND t.{column} <> ''"
            )
