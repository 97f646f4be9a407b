"""The invented applications of a training office come out and go into it again, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from desktop.domain.errors import UserError
from desktop.domain.office import DatabaseKind
from desktop.domain.online_applications import Standing
from desktop.models.office import DatabaseInfo
from desktop.resources import resource_path
from desktop.services.training import export_applications
from desktop.services.training.applications import CSV_NAME, JSON_NAME
from tests.support import factories
from tests.support.applications import service_of
from tests.support.desk import small_office

TODAY = factories.CLOCK.today()
UNFIT = [
    Standing.NO_HOUSEHOLD,
    Standing.UNKNOWN_FORM,
    Standing.NO_FILE,
    Standing.REFUSED_FILE,
    Standing.FAULTY,
]


def say(office, kind):
    with office.work() as session:
        session.execute(delete(DatabaseInfo))
        session.add(DatabaseInfo(kind=kind, created_at=factories.CLOCK.now()))


@pytest.fixture
def office(engine):
    made = small_office(engine)
    say(made, DatabaseKind.TRAINING)
    return made


@pytest.mark.parametrize(("name", "mapping"), [(CSV_NAME, "csv"), (JSON_NAME, "json")])
def test_both_lists_are_taken_in_and_each_plant_stays_with_its_reason(
    office, database_url, tmp_path, name, mapping
):
    report = export_applications(database_url, tmp_path, TODAY)
    assert report.unfit == len(UNFIT)
    service = service_of(office.desk(office.caseworker))
    path = resource_path("mappings", "applications", f"training_{mapping}.toml")
    looked = service.preview(tmp_path / name, path)
    assert [line.standing for line in looked.lines] == [Standing.NEW, *UNFIT]
    done = service.run(looked)
    assert [line.standing for line in done.lines] == [Standing.DONE, *UNFIT]
    again = service.preview(tmp_path / name, path)
    assert again.count(Standing.TAKEN) == 1


def test_a_real_office_exports_nothing(office, database_url, tmp_path):
    say(office, DatabaseKind.OFFICE)
    with pytest.raises(UserError, match="研修用"):
        export_applications(database_url, tmp_path, TODAY)
    assert list(tmp_path.glob("*.csv")) == []
