"""Why a half-day is closed to a visit: the hard reasons, in the words the caseworker reads."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A hard reason; the first group closes a half-day to everybody, the second to one visit."""

    DUTY = "duty"
    LEAVE = "leave"
    TRAINING = "training"
    OFFICE_CLOSED = "office_closed"
    PAYMENT = "payment"
    CLOSING = "closing"
    OTHER_WORK = "other_work"
    BOOKED = "booked"
    LOST = "lost"

    WINDOW = "window"
    HOUSEHOLD = "household"
    PARTNER = "partner"
    TOO_LONG = "too_long"
    FULL = "full"
    SPACING = "spacing"
    PINNED = "pinned"


REASON_WORDS = {
    Reason.DUTY: "当番",
    Reason.LEAVE: "休暇",
    Reason.TRAINING: "研修",
    Reason.OFFICE_CLOSED: "閉庁日",
    Reason.PAYMENT: "支給日",
    Reason.CLOSING: "締め日",
    Reason.OTHER_WORK: "内勤",
    Reason.BOOKED: "同行の予約",
    Reason.LOST: "使えなくなった半日",
    Reason.WINDOW: "訪問できる期間の外",
    Reason.HOUSEHOLD: "世帯の都合が悪い曜日・時間",
    Reason.PARTNER: "同行者の都合",
    Reason.TOO_LONG: "移動と面接が半日に収まらない",
    Reason.FULL: "時間がいっぱい",
    Reason.SPACING: "前後の訪問に近すぎる",
    Reason.PINNED: "約束または固定した半日",
}
