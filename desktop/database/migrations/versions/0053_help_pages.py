"""Pages of the office in its help (地域のきまり), and imported packages of cards (手引の更新)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0053"
down_revision: str | None = "0052"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_PAGE, _PACKAGE, _RETURN = "help_page", "help_package", "help_package_return"
_CHECKS = {
    _PAGE: {
        "number": "number BETWEEN 1 AND 100000",
        "written": "title <> '' AND body <> '' AND why <> ''",
    },
    _PACKAGE: {
        "number": "number BETWEEN 1 AND 2000000000",
        "size": "length(data) BETWEEN 1 AND 1000000",
    },
    _RETURN: {"why": "why <> ''"},
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _PAGE,
        *_ids("id", "office_id"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_words("title", "places", "words", "body", "why"),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        *_stamp("written"),
        *_rest(_PAGE, office_id="office", written_by="staff"),
        sa.UniqueConstraint(
            *("office_id", "key", "number"), name=op.f(f"uq_{_PAGE}_office_id_key_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_PAGE}")),
    )
    op.create_table(
        _PACKAGE,
        *_ids("id", "office_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_words("title", "issuer"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        *_words("fingerprint"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *_stamp("imported"),
        *_rest(_PACKAGE, office_id="office", imported_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_PACKAGE}")),
    )
    op.create_index(op.f(f"ix_{_PACKAGE}_office_id_number"), _PACKAGE, ["office_id", "number"])
    op.create_table(
        _RETURN,
        *_ids("package_id", "office_id"),
        *_words("why"),
        *_stamp("returned"),
        *_rest(_RETURN, package_id=_PACKAGE, office_id="office", returned_by="staff"),
        sa.PrimaryKeyConstraint("package_id", name=op.f(f"pk_{_RETURN}")),
    )


def downgrade() -> None:
    """Go down."""
    for table in (_RETURN, _PACKAGE, _PAGE):
        op.drop_table(table)


def _ids(*names: str) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.Uuid(), nullable=False) for name in names)


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _stamp(what: str) -> tuple[sa.Column[object], ...]:
    return (
        *_ids(f"{what}_by"),
        sa.Column(f"{what}_at", sa.DateTime(timezone=True), nullable=False),
    )


def _rest(table: str, **keys: str) -> tuple[sa.Constraint, ...]:
    checks = (
        sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
        for name, condition in _CHECKS[table].items()
    )
    return (*checks, *steps.keys(table, **keys))
