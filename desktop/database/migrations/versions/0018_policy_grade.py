"""Support policies: the visit grade and the visits a year that a version plans, and the words to reconsider.

Offices that are there already get the words that a new office begins with.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.domain.ids import new_id

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

#: Hint, whether the word stands alone, what makes it say enough, words it is a part of, and the words.
_WORDS: tuple[tuple[str, bool, str, str, str], ...] = (
    (
        "何を、どのくらいの間隔で確かめるかを書いてください。",
        True,
        "",
        "",
        "見守る 見守り 見守っていく 見守りを行う 見守りを続ける 見守りを継続する 様子を見る 様子をみる 様子を見ていく 経過を見る 経過をみる 経過を観察する",
    ),
    (
        "どの方法で、だれと、いつまでにするかを書いてください。",
        False,
        "ハローワーク・求人・応募・履歴書・就労支援員・プログラム・月・週・まで",
        "",
        "就労指導を行う 就労指導をする 就労指導する 就労指導を続ける 就労指導を継続する 求職活動を指導する 就労を促す 就労を指導する",
    ),
    (
        "何をするのかを、目に見える行いで書いてください。",
        False,
        "",
        "",
        "自立を促す 自立を助長する 適切に指導する 適切な指導 適切な支援 適切な助言 生活指導を行う 助言指導を行う 必要な支援を行う",
    ),
    (
        "いつ、どうなったときにするかを書いてください。",
        False,
        "",
        "",
        "適宜 必要に応じて 折を見て 機会をとらえて 機会を捉えて 早期に できるだけ早く なるべく早く",
    ),
    (
        "ほかに何があるかを書くか、なければ消してください。",
        False,
        "",
        "高等・中等・初等・等級・平等・同等・均等・対等・等分・等身・等しい・等しく",
        "等 など",
    ),
)
_SOURCE = "援助方針のよくある失敗（4.5）による提案"
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
    """Go up. Versions that were stored before say nothing of grade and visits, and keep their hash."""
    version = "support_policy_version"
    op.add_column(version, sa.Column("grade", sa.Text(), nullable=True))
    op.add_column(version, sa.Column("visits_per_year", sa.Integer(), nullable=True))
    rows = list(_rows())
    if rows:
        op.bulk_insert(_MASTER, rows)


def downgrade() -> None:
    """Go down."""
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == "policy_wording"))
    op.drop_column("support_policy_version", "visits_per_year")
    op.drop_column("support_policy_version", "grade")


def _rows() -> Iterator[dict[str, object]]:
    now = datetime.now(UTC)
    for office_id in op.get_bind().scalars(sa.select(_OFFICE.c.id)).all():
        for hint, alone, unless, not_in, words in _WORDS:
            for word in words.split():
                yield {
                    "id": new_id(),
                    "office_id": office_id,
                    "table_name": "policy_wording",
                    "key": word,
                    "valid_from": date(2000, 4, 1),
                    "value": {"hint": hint, "alone": alone, "unless": unless, "not_in": not_in},
                    "source": _SOURCE,
                    "confirmed": False,
                    "is_retired": False,
                    "is_seed": True,
                    "entered_at": now,
                    "approved_at": now,
                }
