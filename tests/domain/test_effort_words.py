"""How effort is put into words."""

from __future__ import annotations

import pytest

from desktop.domain.effort import EffortRow, Indicator
from desktop.domain.effort_words import change_words


@pytest.mark.parametrize(
    ("baseline", "last", "said"),
    [
        (100.0, 320.0, "＋220分"),
        (320.0, 100.0, "－220分"),
        (100.0, 100.0, "―"),
        (None, 100.0, "―"),
    ],
)
def test_a_change_has_a_sign_that_no_office_reads_the_other_way(baseline, last, said):
    row = EffortRow(group="G1", indicator=Indicator.MINUTES, baseline=baseline, values=(last,))
    assert change_words(row) == said
