"""Searches narrowed to a kind with few texts read those; the server learns that pairs of a text are dear to make.

Without their cost the server would make the pairs of every near text anew instead of looking them up in their index.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0063"
down_revision: str | None = "0062"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEX = "ix_search_text_kind"
_DEAR, _AS_SHIPPED = 10_000, 100


def upgrade() -> None:
    """Go up."""
    op.create_index(op.f(_INDEX), "search_text", ["kind"])
    _cost(_DEAR)


def downgrade() -> None:
    """Go down."""
    _cost(_AS_SHIPPED)
    op.drop_index(op.f(_INDEX), "search_text")


def _cost(cost: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER FUNCTION public.search_grams(text) COST {cost}")
