"""What planning needs of staff, places and households: working time, bookings, points of towns, preferences.

Offices that are there already get the tables of office data that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (
    *(Master.VISIT_HALF_DAYS, Master.VISIT_OFFICE_DAYS, Master.TRAVEL_SETTINGS),
    *(Master.DISTRICT_MINUTES, Master.NEED_POINTS, Master.PLANNING_WEIGHTS, Master.VEHICLES),
)
_HALVES = ("am", "pm")
_AWAY = ("duty", "leave", "training", "meeting", "other")
_JOINT = ("supporter", "nurse", "second_person", "vehicle")
_NOT_CANCELLED = sa.text("cancelled_at IS NULL")
_VEHICLE_TAKEN = sa.text("cancelled_at IS NULL AND vehicle IS NOT NULL")
_INDEXES = (
    ("town_import", ("office_id", "imported_at")),
    ("town_point", ("import_id", "city_code")),
    ("visit_preference_time", ("household_id",)),
    ("working_absence", ("staff_id",)),
    ("working_week", ("staff_id",)),
)


def upgrade() -> None:
    """Go up."""
    _weeks()
    _absences()
    _bookings()
    _preferences()
    _places()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    _taken("uq_joint_booking_partner_id", ["partner_id", "day", "half"], _NOT_CANCELLED)
    _taken("uq_joint_booking_office_id", ["office_id", "vehicle", "day", "half"], _VEHICLE_TAKEN)
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in (
        *("town_point", "town_import", "visit_preference_time", "visit_preference"),
        *("joint_booking_household", "joint_booking", "working_absence"),
        *("working_half_day", "working_week"),
    ):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _weeks() -> None:
    op.create_table(
        "working_week",
        *_ids("id", "office_id", "staff_id"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *_ids("set_by"),
        _at("set_at"),
        *steps.keys("working_week", office_id="office", staff_id="staff", set_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_week")),
    )
    op.create_table(
        "working_half_day",
        *_ids("week_id"),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("half", steps.code("half", _HALVES), nullable=False),
        *_ids("office_id"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        _check("working_half_day", "weekday", "weekday BETWEEN 0 AND 4"),
        _check("working_half_day", "minutes", "minutes BETWEEN 0 AND 300"),
        *steps.keys("working_half_day", week_id="working_week", office_id="office"),
        sa.PrimaryKeyConstraint("week_id", "weekday", "half", name=op.f("pk_working_half_day")),
    )


def _absences() -> None:
    name = "working_absence"
    op.create_table(
        name,
        *_ids("id", "office_id", "staff_id"),
        sa.Column("kind", steps.code("awaykind", _AWAY), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("half", steps.code("half", _HALVES), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        *_ids("entered_by"),
        _at("entered_at"),
        sa.Column("struck_by", sa.Uuid(), nullable=True),
        _at("struck_at", nullable=True),
        _check(name, "weekday", "weekday IS NULL OR weekday BETWEEN 0 AND 4"),
        _check(name, "every_weeks", "every_weeks BETWEEN 1 AND 8"),
        _check(name, "ends", "weekday IS NOT NULL OR last_on IS NOT NULL"),
        _check(name, "in_order", "last_on IS NULL OR last_on >= first_on"),
        _check(name, "struck", "(struck_at IS NULL) = (struck_by IS NULL)"),
        *steps.keys(name, office_id="office", staff_id="staff"),
        *steps.keys(name, entered_by="staff", struck_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _bookings() -> None:
    name = "joint_booking"
    op.create_table(
        name,
        *_ids("id", "office_id"),
        sa.Column("kind", steps.code("jointkind", _JOINT), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", steps.code("half", _HALVES), nullable=False),
        *_ids("booked_by"),
        _at("booked_at"),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        _at("cancelled_at", nullable=True),
        _check(name, "vehicle", "(kind = 'vehicle') = (vehicle IS NOT NULL)"),
        _check(name, "one", "(vehicle IS NULL) = (partner_id IS NOT NULL)"),
        _check(name, "cancelled", "(cancelled_at IS NULL) = (cancelled_by IS NULL)"),
        *steps.keys(name, office_id="office", partner_id="staff"),
        *steps.keys(name, booked_by="staff", cancelled_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_table(
        "joint_booking_household",
        *_ids("booking_id", "office_id", "household_id"),
        *steps.keys("joint_booking_household", booking_id="joint_booking"),
        *steps.keys("joint_booking_household", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_joint_booking_household")),
        sa.UniqueConstraint(
            *("household_id", "booking_id"),
            name=op.f("uq_joint_booking_household_household_id_booking_id"),
        ),
    )


def _preferences() -> None:
    name = "visit_preference"
    op.create_table(
        name,
        *_ids("id", "office_id", "household_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("needs_two", sa.Boolean(), nullable=False),
        *_ids("set_by"),
        _at("set_at"),
        _check(name, "version", "version >= 1"),
        *steps.keys(name, office_id="office", household_id="household", set_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "household_id", "version", name=op.f(f"uq_{name}_household_id_version")
        ),
    )
    times = "visit_preference_time"
    op.create_table(
        times,
        *_ids("preference_id"),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("half", steps.code("half", _HALVES), nullable=False),
        *_ids("office_id", "household_id"),
        sa.Column("liking", steps.code("liking", ("good", "bad", "impossible")), nullable=False),
        _check(times, "weekday", "weekday BETWEEN 0 AND 4"),
        *steps.keys(times, preference_id=name, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("preference_id", "weekday", "half", name=op.f(f"pk_{times}")),
    )


def _places() -> None:
    op.create_table(
        "town_import",
        *_ids("id", "office_id"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("file_name", "sha256")),
        sa.Column("point_count", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        _at("imported_at"),
        *steps.keys("town_import", office_id="office", imported_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_import")),
    )
    texts = ("prefecture", "city_code", "city", "town_code", "town")
    op.create_table(
        "town_point",
        *_ids("id", "office_id", "import_id"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("kind", steps.code("townkind", ("0", "1", "2", "3")), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("latitude", "longitude")),
        _check("town_point", "latitude", "latitude BETWEEN 20000000 AND 46000000"),
        _check("town_point", "longitude", "longitude BETWEEN 122000000 AND 154000000"),
        *steps.keys("town_point", office_id="office", import_id="town_import"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_point")),
    )


def _taken(name: str, columns: list[str], where: sa.TextClause) -> None:
    """Nobody and nothing goes along twice in one half-day."""
    op.create_index(
        name, "joint_booking", columns, unique=True, sqlite_where=where, postgresql_where=where
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
