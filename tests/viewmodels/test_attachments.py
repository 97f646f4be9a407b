"""Names of files on their way to a paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.ids import new_id
from desktop.viewmodels.attachments import QueuedFile, queue_columns


@pytest.mark.parametrize("name", ["a\u202efdp.pdf", "a\n.pdf", "a\udc80.pdf"], ids=ascii)
def test_a_name_that_turns_or_hides_parts_of_itself_is_shown_plainly(name):
    queued = QueuedFile(attachment_id=new_id(), path=Path("/x") / name)
    column = queue_columns()[0]
    assert column.tooltip is not None
    for shown in (column.text(queued), column.tooltip(queued)):
        assert shown.isprintable()
        assert shown.endswith(".pdf")
