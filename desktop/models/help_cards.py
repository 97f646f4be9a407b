"""What the office has in its help beside the shipped cards: its own pages (地域のきまり) and imported packages (手引の更新). Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Keyed, office_table


class HelpPageRecord(Keyed, Base):
    """A version of a page; the newest number of a key counts. `places` and `words` are lists, an item a line."""

    __tablename__ = "help_page"
    __table_args__ = office_table(
        UniqueConstraint("office_id", "key", "number"),
        CheckConstraint("number BETWEEN 1 AND 100000", name="number"),
        CheckConstraint("title <> '' AND body <> '' AND why <> ''", name="written"),
    )

    key: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    places: Mapped[str]
    words: Mapped[str]
    body: Mapped[str]
    why: Mapped[str]
    is_withdrawn: Mapped[bool]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]


class HelpPackageRecord(Keyed, Base):
    """An imported package: its file as it came, so that its signature is verified whenever it is read. The newest counts."""

    __tablename__ = "help_package"
    __table_args__ = office_table(
        Index(None, "office_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 2000000000", name="number"),
        CheckConstraint("length(data) BETWEEN 1 AND 1000000", name="size"),
    )

    number: Mapped[int]
    title: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date]
    fingerprint: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    imported_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    imported_at: Mapped[datetime]


class HelpPackageReturn(Base):
    """That a package was taken back: the help is again what was shipped."""

    __tablename__ = "help_package_return"
    __table_args__ = office_table(CheckConstraint("why <> ''", name="why"))

    package_id: Mapped[UUID] = mapped_column(ForeignKey("help_package.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    why: Mapped[str]
    returned_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    returned_at: Mapped[datetime]
