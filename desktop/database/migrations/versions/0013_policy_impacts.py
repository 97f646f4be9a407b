"""What an entry means for the support policy (援助方針への影響), answered when it is handed in.

Offices that are there already get the events that ask for a review, as a new office begins with them.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.domain.ids import new_id

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "review_events"
_SOURCE = "見直しのきっかけ（2.3）。期限は点検規則に定めがないための提案"
_HANDOVER_SOURCE = "担当員の交代から3か月以内（4.3）"
#: Key, label, what it is read from, years of age, term.
_EVENTS: tuple[tuple[str, str, str, int | str, int, str], ...] = (
    ("impact", "記録で「影響あり」と答えた", "impact", "", 30, "days"),
    ("handover", "担当員の交代", "handover", "", 3, "months"),
    ("born", "子どもの出生", "born", "", 30, "days"),
    ("died", "世帯員の死亡", "died", "", 30, "days"),
    ("joined", "世帯員が加わった", "joined", "", 30, "days"),
    ("left", "世帯員が抜けた", "left", "", 30, "days"),
    ("moved", "転居", "moved", "", 30, "days"),
    ("admitted", "入院・入所", "admitted", "", 30, "days"),
    ("discharged", "退院・退所", "discharged", "", 30, "days"),
    ("work_began", "就労を始めた", "work_began", "", 30, "days"),
    ("work_ended", "仕事をやめた", "work_ended", "", 30, "days"),
    ("age_15", "15歳になった", "age", 15, 30, "days"),
    ("age_18", "18歳になった", "age", 18, 30, "days"),
    ("age_65", "65歳になった", "age", 65, 30, "days"),
)
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


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "policy_impact",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                *("none", "some"),
                name="impact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_policy_impact_{column}")
            )
            for column, target in (
                ("entry_id", "entry"),
                ("household_id", "household"),
                ("answered_by", "staff"),
                ("office_id", "office"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_impact")),
    )
    for columns in (["entry_id", "version"], ["household_id", "answer", "answered_at"]):
        name = f"ix_policy_impact_{'_'.join(columns)}"
        op.create_index(op.f(name), "policy_impact", columns)
    _add_events()


def downgrade() -> None:
    """Go down."""
    op.drop_table("policy_impact")
    op.execute(sa.delete(_MASTER).where(_MASTER.c.table_name == _TABLE))


def _add_events() -> None:
    """The rows that come with the program, in force and not confirmed (未確認)."""
    now = datetime.now(UTC)
    rows = [
        {
            "id": new_id(),
            "office_id": office_id,
            "table_name": _TABLE,
            "key": key,
            "valid_from": date(2000, 4, 1),
            "value": {"label": label, "reads": reads, "age": age, "number": number, "term": term},
            "source": _HANDOVER_SOURCE if key == "handover" else _SOURCE,
            "confirmed": False,
            "is_retired": False,
            "is_seed": True,
            "entered_at": now,
            "approved_at": now,
        }
        for office_id in op.get_bind().scalars(sa.select(_OFFICE.c.id))
        for key, label, reads, age, number, term in _EVENTS
    ]
    if rows:
        op.bulk_insert(_MASTER, rows)
