"""Changes of the rules come with packages of the help, on both databases."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.services.rule_changes import OfficeChanges, shipped_changes
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.help_packages import FILES, package, trust

CHANGE = """+++
title = "例：新しい改正"
effective = 2026-04-01
version = 1
where = ["screen:desk"]
cards = ["event-65"]
checked = false
example = true
+++
練習用の文です。
"""
NAME = "changes/brand-new-change.md"


@pytest.fixture
def office(engine):
    office = small_office(engine)
    trust(office.work, office.supervisor.office_id)
    return office


def changes_of(office):
    work = office.desk(office.caseworker).work
    return OfficeChanges(work, CLOCK, office.caseworker)()


def taken_in(office, tmp_path, content=CHANGE, **more):
    path = tmp_path / "package.zip"
    path.write_bytes(package(tmp_path, {**FILES, NAME: content}, **more))
    desk = office.desk(office.supervisor)
    preview = desk.help_packages.preview(path)
    desk.help_packages.take_in(preview)
    return preview


def test_a_package_brings_changes_and_withdraws_them(office, tmp_path):
    assert changes_of(office) == shipped_changes()
    gone = shipped_changes()[0].key
    assert taken_in(office, tmp_path, withdrawn=(gone,)).changes == ("例：新しい改正",)
    found = changes_of(office)
    assert "brand-new-change" in {change.key for change in found}
    assert gone not in {change.key for change in found}
    days = [change.effective_on for change in found]
    assert days == sorted(days, reverse=True)
    desk = office.desk(office.supervisor)
    desk.help_packages.take_back(desk.help_packages.state().imported[0].package_id, "誤り")
    assert changes_of(office) == shipped_changes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CHANGE.replace("version = 1", "version = 0"), f"{NAME}の4行目"),
        (CHANGE.replace("cards", "colours"), f"{NAME}の6行目"),
        (CHANGE.replace("練習用", "<b>練習用</b>"), f"{NAME}の本文の1行目"),
        (CHANGE.replace("例：新しい", "新しい"), f"{NAME}の2行目"),
    ],
    ids=range(4),
)
def test_a_fault_in_a_change_is_named_with_file_and_line(tmp_path, content, said):
    with pytest.raises(UserError) as refused:
        package(tmp_path, {**FILES, NAME: content})
    assert said in refused.value.sentence
