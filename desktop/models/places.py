"""Points of 町丁目 and 大字 from the public 位置参照情報. No household has a point of its own: it is derived on reading."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.places import TownKind
from desktop.models.base import Base, Keyed, code, office_table


class TownImportRecord(Keyed, Base):
    """One file that was taken in. Of a municipality the points of the newest import count."""

    __tablename__ = "town_import"
    __table_args__ = office_table(Index(None, "office_id", "imported_at"))

    file_name: Mapped[str]
    sha256: Mapped[str]
    point_count: Mapped[int]
    imported_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    imported_at: Mapped[datetime]


class TownPointRecord(Keyed, Base):
    """One point; latitude and longitude in millionths of a degree."""

    __tablename__ = "town_point"
    __table_args__ = office_table(
        Index(None, "import_id", "city_code"),
        CheckConstraint("latitude BETWEEN 20000000 AND 46000000", name="latitude"),
        CheckConstraint("longitude BETWEEN 122000000 AND 154000000", name="longitude"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("town_import.id"))
    prefecture: Mapped[str]
    city_code: Mapped[str]
    city: Mapped[str]
    town_code: Mapped[str]
    town: Mapped[str]
    kind: Mapped[TownKind] = mapped_column(code(TownKind))
    latitude: Mapped[int]
    longitude: Mapped[int]
