from __future__ import annotations

import logging

from desktop.domain.incident import FramesOnlyFormatter, describe

MARKER = "架空花子"


def test_chain_of_types_and_frames_without_messages():
    text = describe(_caught())
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_incident.py" in text
    assert "_fail" in text
    assert MARKER not in text


def test_folders_above_the_package_are_left_out():
    assert "/home/" not in describe(_caught())
    assert describe(_caught()).count("domain/test_incident.py") >= 2


def test_formatter_writes_no_message_of_an_exception():
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "failed", None, (KeyError, _caught(), None)
    )
    written = FramesOnlyFormatter("%(message)s").format(record)
    assert "KeyError" in written
    assert MARKER not in written


def _caught() -> BaseException:
    try:
        _fail()
    except KeyError as error:
        return error
    raise AssertionError


def _fail() -> None:
    try:
        int(MARKER)
    except ValueError as error:
        raise KeyError(MARKER) from error
