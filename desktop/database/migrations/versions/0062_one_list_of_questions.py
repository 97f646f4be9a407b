"""What a visit should make sure of is one list with its answers (チェックの項目): the separate list of questions goes.

Subjects that an office left as they came get the words by which a record speaks of them; its own stay as they are. What an
office itself had added to its questions becomes a subject of its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master

revision: str = "0062"
down_revision: str | None = "0061"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTER = sa.table(
    "master",
    sa.column("id", sa.Uuid()),
    sa.column("table_name", sa.Text()),
    sa.column("key", sa.Text()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    *(sa.column(name, sa.Uuid()) for name in ("office_id", "entered_by", "approved_by")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("entered_at", "approved_at")),
    *(sa.column(name, sa.Boolean()) for name in ("is_seed", "is_retired", "confirmed")),
    sa.column("valid_from", sa.Date()),
    sa.column("source", sa.Text()),
)
_QUESTIONS, _SUBJECTS, _WORDS = "visit_questions", Master.TICK_SUBJECTS.value, "words"
_AFTER_SHIPPED = 900
#: Old keys of lists that are called otherwise now.
_GROUPS: Mapping[str, list[str]] = {"common": [], "institution": ["inpatient"]}


def upgrade() -> None:
    """Go up."""
    shipped = {row.key: dict(row.value) for row in shipped_rows(Master.TICK_SUBJECTS)}
    _carry_over([str(value.get(_WORDS) or value["label"]) for value in shipped.values()])
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == _QUESTIONS))
    before = {
        key: {name: part for name, part in value.items() if name != _WORDS}
        for key, value in shipped.items()
    }
    found = op.get_bind().execute(sa.select(_MASTER).where(_MASTER.c.table_name == _SUBJECTS))
    for row in list(found.mappings()):
        if row["value"] == before.get(row["key"]):
            op.execute(
                _MASTER.update().where(_MASTER.c.id == row["id"]).values(value=shipped[row["key"]])
            )


def downgrade() -> None:
    """Go down. An older program asks nothing where there is no list, and does not read the words."""


def _carry_over(known: Collection[str]) -> None:
    """The newest list of each office and type of household that the office wrote itself: what no subject speaks of."""
    m, newest = _MASTER.c, dict[tuple[object, object], sa.RowMapping]()
    own = sa.select(_MASTER).where(
        m.table_name == _QUESTIONS, m.approved_at.is_not(None), sa.not_(m.is_seed)
    )
    for row in op.get_bind().execute(own.order_by(m.valid_from, m.approved_at)).mappings():
        newest[row["office_id"], row["key"]] = row
    words = {word for said in known for word in said.split("、")}
    for row in newest.values():
        items = () if row["is_retired"] else _items(row["value"]["questions"])
        for number, item in enumerate(i for i in items if not any(word in i for word in words)):
            value = _subject(item, row["key"], number)
            made = {"id": new_id(), "table_name": _SUBJECTS, "key": f"own_{row['key']}_{number}"}
            op.execute(_MASTER.insert().values({**row, **made, "value": value}))


def _items(questions: str) -> Iterator[str]:
    return filter(None, (item.strip() for item in re.split("[、,，]", questions)))


def _subject(item: str, group: str, number: int) -> dict[str, object]:
    return {
        "label": item,
        "topic": item,
        _WORDS: item.replace("・", "、"),
        "answers": f"聞いた｜{item}は{{どのようか}}である",
        "usual_source": "self",
        "segment": "",
        "groups": _GROUPS.get(group, [group]),
        "order": _AFTER_SHIPPED + number,
    }
