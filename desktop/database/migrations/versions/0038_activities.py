"""Acts of support (支援活動), requests to Hello Work, starts of work, and the office's tables about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.PARTNERS, Master.ACTIVITY_KINDS)
#: Every table comes after those it hangs on.
_TABLES = (
    *("activity", "activity_text"),
    *("referral", "referral_text", "referral_step", "referral_step_text"),
    *("employment_spell", "employment_spell_text", "employment_check"),
    *("employment_end", "employment_end_text"),
)
_PLACES = ("home", "door", "office", "hospital", "facility", "agency", "other", "none")
_RESULTS = ("done", "not_met", "called_off", "waiting", "passed", "not_chosen")
_MOVES = ("accepted", "declined", "extended", "ended", "withdrawn")
_REFERRAL_RESULTS = ("job", "training", "period_over", "persons_wish", "health", "other")
_OUTCOMES = ("O01", "O02", "O03", "O04", "O05", "O06")
_CONTRACTS = (
    *("permanent", "fixed_term", "part_time", "agency"),
    *("daily", "self_employed", "sheltered"),
)
_ROUTES = ("hello_work", "supporter", "alone", "acquaintance", "advertisement", "other")
_ANSWERS = ("working", "left", "unknown")
_REASONS = (
    *("term_over", "own_wish", "health", "family"),
    *("dismissed", "other_job", "other", "mistake"),
)
_INDEXES = (
    ("activity", ("person_id",)),
    ("activity", ("staff_id", "done_on")),
    ("activity", ("office_id", "done_on")),
    ("activity", ("step_id",)),
    ("referral", ("person_id",)),
    ("referral", ("office_id", "reply_by")),
    ("referral_step", ("referral_id",)),
    ("employment_spell", ("person_id",)),
    ("employment_spell", ("office_id", "started_on")),
    ("employment_check", ("spell_id",)),
    ("employment_end", ("spell_id",)),
    *((table, ("household_id",)) for table in _TABLES if table != "activity"),
)


def upgrade() -> None:
    """Go up."""
    _activities()
    steps.words("activity_text", "activity", "activity_id", "memo", "next_step", "reason")
    _referrals()
    _referral_steps()
    _spells()
    _checks()
    _ends()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index("ix_activity_newest", "activity", ["household_id", "done_on"])
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _activities() -> None:
    table = "activity"
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "person_id"),
        _day("done_on"),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", steps.code("place", _PLACES), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("result", steps.code("activityresult", _RESULTS), nullable=False),
        _day("next_due_on", nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        *_ids("staff_id"),
        *_made(table, "made"),
        _check(table, "minutes", "minutes BETWEEN 1 AND 1440"),
        _check(table, "void", "NOT is_void OR replaces_id IS NOT NULL"),
        _check(table, "next_due_on", "next_due_on IS NULL OR next_due_on >= done_on"),
        *_of_person(table),
        *steps.keys(table, replaces_id=table, staff_id="staff", step_id="support_plan_step"),
        sa.UniqueConstraint("replaces_id", name=op.f(f"uq_{table}_replaces_id")),
    )


def _referrals() -> None:
    table = "referral"
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "person_id"),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        *(_day(name) for name in ("asked_on", "reply_by", "consent_on")),
        _day("health_consent_on", nullable=True),
        *_made(table, "made"),
        _check(table, "reply_by", "reply_by >= asked_on"),
        *_of_person(table),
    )
    told = ("history", "qualifications", "wishes", "health_limits", "barriers", "so_far", "request")
    steps.words("referral_text", table, "referral_id", *told)


def _referral_steps() -> None:
    table = "referral_step"
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "referral_id"),
        sa.Column("move", steps.code("referralmove", _MOVES), nullable=False),
        _day("on_day"),
        _day("until", nullable=True),
        sa.Column("result", steps.code("referralresult", _REFERRAL_RESULTS), nullable=True),
        *_made(table, "noted"),
        _check(table, "until", "(move IN ('accepted', 'extended')) = (until IS NOT NULL)"),
        _check(table, "result", "(move = 'ended') = (result IS NOT NULL)"),
        *steps.keys(table, office_id="office", household_id="household", referral_id="referral"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    steps.words("referral_step_text", table, "step_id", "navigator", "note")


def _spells() -> None:
    table = "employment_spell"
    amounts = ("expected_wage", "income_before", "income_after")
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "person_id"),
        sa.Column("outcome", steps.code("joboutcome", _OUTCOMES), nullable=False),
        _day("started_on"),
        _day("first_wage_on", nullable=True),
        sa.Column("contract", steps.code("jobcontract", _CONTRACTS), nullable=False),
        sa.Column("route", steps.code("jobroute", _ROUTES), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("hours", *amounts)),
        *_made(table, "made"),
        _check(table, "hours", "hours IS NULL OR hours BETWEEN 1 AND 168"),
        *(
            _check(table, name, f"{name} IS NULL OR {name} BETWEEN 0 AND 10000000")
            for name in amounts
        ),
        _check(table, "first_wage", "first_wage_on IS NULL OR first_wage_on >= started_on"),
        *_of_person(table),
    )
    steps.words("employment_spell_text", table, "spell_id", "employer", "job", "note")


def _checks() -> None:
    table = "employment_check"
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "spell_id"),
        sa.Column("months", sa.Integer(), nullable=False),
        _day("checked_on"),
        sa.Column("answer", steps.code("retentionanswer", _ANSWERS), nullable=False),
        *_made(table, "noted"),
        _check(table, "months", "months IN (1, 3, 6, 12)"),
        *steps.keys(table, office_id="office", household_id="household"),
        *steps.keys(table, spell_id="employment_spell"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _ends() -> None:
    table = "employment_end"
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", "spell_id"),
        _day("ended_on"),
        sa.Column("reason", steps.code("jobendreason", _REASONS), nullable=False),
        *_made(table, "noted"),
        *steps.keys(table, office_id="office", household_id="household"),
        *steps.keys(table, spell_id="employment_spell"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    steps.words("employment_end_text", table, "end_id", "note")


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _made(table: str, how: str) -> list[sa.Column[object] | sa.ForeignKeyConstraint]:
    """Who wrote a row and when."""
    return [
        sa.Column(f"{how}_by", sa.Uuid(), nullable=False),
        sa.Column(f"{how}_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint([f"{how}_by"], ["staff.id"], name=op.f(f"fk_{table}_{how}_by")),
    ]


def _of_person(table: str) -> list[sa.Constraint]:
    return [
        *steps.keys(table, office_id="office", household_id="household", person_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
