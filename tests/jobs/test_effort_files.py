"""Figures as files: nothing is there that the log does not know."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.kpis import Case, Figure, Kpi
from desktop.domain.list_exports import ListExport
from desktop.jobs.effort_files import EffortFiles

FIGURE = Figure(
    kpi=Kpi.PLANNED, cases=(Case(household_id=new_id(), person_id=None, counts=True, words="=1"),)
)


class Printing:
    """Gives a file, and notes it or refuses."""

    def __init__(self, refusal: UserError | None = None) -> None:
        self.refusal, self.noted = refusal, 0

    def cases_file(self, figure: Figure, *, with_names: bool, export: ListExport) -> bytes:
        return b"named" if with_names else b"plain"

    def record_cases(self, figure: Figure, data: bytes) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.noted += 1


def test_a_list_is_noted_and_then_there(tmp_path):
    printing, out = Printing(), tmp_path / "a.csv"
    EffortFiles(printing).write_cases(FIGURE, out, with_names=False)  # type: ignore[arg-type]
    assert (out.read_bytes(), printing.noted) == (b"plain", 1)
    EffortFiles(printing).write_cases(FIGURE, out, with_names=True)  # type: ignore[arg-type]
    assert out.read_bytes() == b"named"


def test_what_the_log_refuses_is_not_there(tmp_path):
    out = tmp_path / "a.csv"
    with pytest.raises(UserError):
        EffortFiles(Printing(UserError("記録できません。"))).write_cases(  # type: ignore[arg-type]
            FIGURE, out, with_names=False
        )
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there_is_said_before_anything_is_noted(tmp_path):
    printing = Printing()
    with pytest.raises(UserError, match="保存できません"):
        EffortFiles(printing).write_cases(  # type: ignore[arg-type]
            FIGURE, tmp_path / "no" / "a.csv", with_names=False
        )
    assert printing.noted == 0
