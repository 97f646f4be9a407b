"""What has changed, told to every open screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Signals of facts. The last argument is the initiator, so that a screen can ignore its own change.

    `entry_changed`, `approval_moved` and `result_noted` (of a policy's action) carry the household's id, `master_changed` the table's key,
    `group_changed` (an assessment, a decided group) the household's id or None where another desk did it,
    `plan_changed` the id of the plan of visits, or None where another desk changed some plan.
    """

    entry_changed = Signal(object, object)
    approval_moved = Signal(object, object)
    result_noted = Signal(object, object)
    plan_changed = Signal(object, object)
    group_changed = Signal(object, object)
    todo_changed = Signal(object)
    paper_changed = Signal(object)
    inquiry_changed = Signal(object)
    master_changed = Signal(str, object)
    ledger_imported = Signal(object)
