"""Importing packages of cards, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.models.help_cards import HelpPackageRecord
from desktop.models.masters import MasterValue
from desktop.services.help_cards import shipped_cards
from tests.support.desk import small_office
from tests.support.help_packages import (
    FILES,
    KEY,
    OTHER_KEY,
    fingerprint,
    package,
    repacked,
    trust,
)


@pytest.fixture
def office(engine):
    office = small_office(engine)
    trust(office.work, office.supervisor.office_id)
    return office


@pytest.fixture
def desk(office):
    return office.desk(office.supervisor)


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / f"{new_id()}.zip"
        path.write_bytes(data)
        return path

    return write


def card(desk, key="article-061"):
    return next((card for card in desk.help_cards.cards() if card.key == key), None)


def taken_in(desk, path):
    preview = desk.help_packages.preview(path)
    desk.help_packages.take_in(preview)
    return preview


def test_a_package_replaces_adds_and_withdraws_cards_for_everybody(office, desk, file, tmp_path):
    path = file(package(tmp_path, withdrawn=("article-060",)))
    preview = taken_in(desk, path)
    assert (preview.key_label, preview.added, preview.changed, preview.removed) == (
        "架空県",
        ("新しい手引",),
        ("届出の義務（改）",),
        ("生活上の義務",),
    )
    caseworker = office.desk(office.caseworker)
    changed = card(caseworker)
    assert changed.title == "届出の義務（改）"
    assert "第1号" in changed.origin
    assert card(caseworker, "brand-new") is not None
    assert card(caseworker, "article-060") is None
    assert len(caseworker.help_cards.cards()) == len(shipped_cards())


def test_a_package_taken_back_leaves_what_was_shipped_and_may_come_again(desk, file, tmp_path):
    path = file(package(tmp_path))
    taken_in(desk, path)
    (imported,) = desk.help_packages.state().imported
    assert desk.help_packages.state().in_force == imported.package_id
    with pytest.raises(ValidationError):
        desk.help_packages.take_back(imported.package_id, "　")
    desk.help_packages.take_back(imported.package_id, "誤りがあったため")
    desk.help_packages.take_back(imported.package_id, "誤りがあったため")
    assert desk.help_cards.cards() == shipped_cards()
    state = desk.help_packages.state()
    assert (state.in_force, state.fault, state.imported[0].why) == (None, "", "誤りがあったため")
    taken_in(desk, path)
    assert card(desk).title == "届出の義務（改）"


def test_only_the_newest_is_taken_back(office, desk, file, tmp_path):
    taken_in(desk, file(package(tmp_path)))
    taken_in(desk, file(package(tmp_path, number=2)))
    newest, old = desk.help_packages.state().imported
    with pytest.raises(ConflictError):
        desk.help_packages.take_back(old.package_id, "古いほう")
    with pytest.raises(NotPermittedError):
        desk.help_packages.take_back(new_id(), "ないもの")
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).help_packages.take_back(newest.package_id, "担当員から")


def test_an_older_or_the_same_package_is_refused(desk, file, tmp_path):
    first, second = file(package(tmp_path)), file(package(tmp_path, number=2))
    early = desk.help_packages.preview(first)
    taken_in(desk, second)
    for path in (first, second):
        with pytest.raises(UserError, match="新しくありません"):
            desk.help_packages.preview(path)
    with pytest.raises(UserError, match="新しくありません"):
        desk.help_packages.take_in(early)
    assert len(desk.help_packages.state().imported) == 1


def test_what_is_tampered_or_strange_leaves_nothing(office, desk, file, tmp_path):
    good = package(tmp_path)
    bad = repacked(good, lambda files: files.update({next(iter(FILES)): b"x"}))
    for data in (bad, package(tmp_path, key=OTHER_KEY), b"", good[:-30]):
        with pytest.raises(UserError):
            desk.help_packages.preview(file(data))
    with pytest.raises(UserError, match="読めません"):
        desk.help_packages.preview(tmp_path / "nowhere.zip")
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(HelpPackageRecord)) == 0


def test_bytes_changed_in_the_database_and_keys_no_longer_trusted_are_not_believed(
    office, desk, file, tmp_path
):
    taken_in(desk, file(package(tmp_path)))
    with office.work() as session:
        row = session.scalars(select(HelpPackageRecord)).one()
        whole = row.data
        row.data = repacked(whole, lambda files: files.update({next(iter(FILES)): b"x"}))
    assert desk.help_cards.cards() == shipped_cards()
    assert "書き替え" in desk.help_packages.state().fault
    with office.work() as session:
        row = session.scalars(select(HelpPackageRecord)).one()
        row.data, row.number = whole, 7
    assert desk.help_cards.cards() == shipped_cards()
    assert "番号" in desk.help_packages.state().fault
    with office.work() as session:
        session.scalars(select(HelpPackageRecord)).one().number = 1
    assert card(desk).title == "届出の義務（改）"
    with office.work() as session:
        key = select(MasterValue).where(MasterValue.key == fingerprint(KEY))
        session.scalars(key).one().is_retired = True
    assert desk.help_cards.cards() == shipped_cards()
    assert fingerprint(KEY) in desk.help_packages.state().fault
    assert desk.help_packages.state().keys == ()


def test_only_those_who_supervise_import(office, desk, file, tmp_path):
    path = file(package(tmp_path))
    preview = desk.help_packages.preview(path)
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).help_packages.take_in(preview)
