"""Declarations (申告): cycles given, receipts, what is missing and why, reminders.

Offices that are there already get the cycles and the contact line that a new office begins with.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.domain.ids import new_id

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("income", "asset")
_REASONS = ("waiting_papers", "not_reached", "hard_now", "other_papers", "other")
_NOT_STRUCK = sa.text("struck_at IS NULL")
_SOURCE = "申告の周期の考え方（5.3）からの提案"
_SOURCES = {"asset_yearly": "課長通知 第3（少なくとも12か月ごと）"}
#: Code: label, what, months, and for whom.
_CYCLES = {
    "income_monthly": ("収入 毎月", "income", 1, "働くことができる方（収入の有無にかかわらず）"),
    "income_quarterly": ("収入 3か月ごと", "income", 3, "毎月の給与がほぼ一定の方"),
    "income_yearly": ("収入 12か月ごと", "income", 12, "働くことが難しい方"),
    "asset_yearly": ("資産 12か月ごと", "asset", 12, "すべての世帯"),
}
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
_INDEXES = (
    ("declaration_duty", ("person_id",)),
    ("declaration_duty", ("office_id", "kind", "cycle")),
    ("declaration_duty_text", ("household_id",)),
    ("declaration_receipt", ("household_id",)),
    ("declaration_receipt", ("person_id",)),
    ("declaration_receipt", ("paper_id",)),
    ("declaration_strike_text", ("household_id",)),
    ("declaration_missing", ("household_id",)),
    ("declaration_missing", ("person_id",)),
    ("declaration_missing_text", ("household_id",)),
    ("declaration_reminder", ("person_id",)),
    ("declaration_reminder", ("batch_id",)),
)


def upgrade() -> None:
    """Go up."""
    _duties()
    _receipts()
    _missing()
    _reminders()
    _words("declaration_duty", "duty_id", "declaration_duty_text", "reason")
    _words("declaration_receipt", "receipt_id", "declaration_strike_text", "reason")
    _words("declaration_missing", "missing_id", "declaration_missing_text", "words")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index(
        "uq_declaration_receipt_once",
        "declaration_receipt",
        ["household_id", "person_id", "kind", "month"],
        unique=True,
        sqlite_where=_NOT_STRUCK,
        postgresql_where=_NOT_STRUCK,
    )
    _add_masters()


def downgrade() -> None:
    """Go down."""
    for table in (
        *("declaration_duty_text", "declaration_strike_text", "declaration_missing_text"),
        *("declaration_reminder", "declaration_missing", "declaration_receipt", "declaration_duty"),
    ):
        op.drop_table(table)
    tables = ("declaration_cycles", "letter_contact")
    op.execute(sa.delete(_MASTER).where(_MASTER.c.table_name.in_(tables)))


def _add_masters() -> None:
    """The rows that come with the program, in force and not confirmed (未確認)."""
    rows = [
        row
        for office_id in op.get_bind().scalars(sa.select(_OFFICE.c.id))
        for row in _rows(office_id)
    ]
    if rows:
        op.bulk_insert(_MASTER, rows)


def _rows(office_id: object) -> list[dict[str, object]]:
    cycles = {
        code: {"label": label, "kind": kind, "months": months, "due_days": 5, "who": who}
        for code, (label, kind, months, who) in _CYCLES.items()
    }
    contact = {"letter": {"label": "地区担当", "phone": "", "hours": ""}}
    return [
        *(
            _row(office_id, "declaration_cycles", key, value, _SOURCES.get(key, _SOURCE))
            for key, value in cycles.items()
        ),
        *(
            _row(office_id, "letter_contact", key, value, "事務所で入力（手紙の問い合わせ先）")
            for key, value in contact.items()
        ),
    ]


def _row(
    office_id: object, table: str, key: str, value: Mapping[str, object], source: str
) -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "id": new_id(),
        "office_id": office_id,
        "table_name": table,
        "key": key,
        "valid_from": date(2000, 4, 1),
        "value": value,
        "source": source,
        "confirmed": False,
        "is_retired": False,
        "is_seed": True,
        "entered_at": now,
        "approved_at": now,
    }


def _duties() -> None:
    _due(
        "declaration_duty",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("cycle", sa.Text(), nullable=False),
        *_by_and_at("given"),
        sa.UniqueConstraint(
            *("household_id", "person_id", "kind", "valid_from"),
            name=op.f("uq_declaration_duty_household_id_person_id_kind_valid_from"),
        ),
        given_by="staff",
    )


def _receipts() -> None:
    _due(
        "declaration_receipt",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        *_by_and_at("linked"),
        *_by_and_at("struck", nullable=True),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL)", name=op.f("ck_declaration_receipt_struck")
        ),
        paper_id="paper",
        linked_by="staff",
        struck_by="staff",
    )


def _missing() -> None:
    _due(
        "declaration_missing",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("reason", _code("missingreason", _REASONS), nullable=False),
        *_by_and_at("noted"),
        noted_by="staff",
    )


def _reminders() -> None:
    _due(
        "declaration_reminder",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        *_by_and_at("printed"),
        sa.UniqueConstraint(
            *("household_id", "person_id", "kind", "month", "number"),
            name=op.f("uq_declaration_reminder_household_id_person_id_kind_month_number"),
        ),
        batch_id="print_batch",
        printed_by="staff",
    )


def _due(table: str, *parts: sa.Column[object] | sa.Constraint, **points: str) -> None:
    """A table of rows about one person's declarations; `points` are further columns and the tables they point at."""
    op.create_table(
        table,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _code("declarationkind", _KINDS), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *parts,
        *_keys(table, household_id="household", person_id="person", office_id="office", **points),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _words(of: str, key: str, table: str, text: str) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(text, sa.Text(), nullable=False),
        *_keys(table, **{key: of}, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
    )


def _by_and_at(verb: str, *, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column(f"{verb}_by", sa.Uuid(), nullable=nullable),
        sa.Column(f"{verb}_at", sa.DateTime(timezone=True), nullable=nullable),
    )


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _code(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
