"""Whether a proposed key of imported help (手引の更新の鍵) can be taken."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.help_packages import key_error
from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput


def help_value_errors(given: MasterInput, value: Mapping[str, object]) -> dict[str, str]:
    """Field → sentence: the key must be one, and the one that its fingerprint names."""
    if given.table != Master.HELP_KEYS:
        return {}
    sentence = key_error(given.key.strip(), str(value["public_key"]))
    return {"public_key": sentence} if sentence else {}
