"""Online applications (電子申請) on their way in, as the screen shows them."""

from __future__ import annotations

from desktop.domain.era import DateStyle, format_date
from desktop.domain.online_applications import (
    READY,
    SETTLED,
    STANDING,
    ApplicationLine,
    ApplicationReport,
    Standing,
)
from desktop.viewmodels.columns import CENTER, RIGHT, Column

_TONES = {
    Standing.TAKEN: "muted",
    Standing.DONE: "good",
    Standing.NO_HOUSEHOLD: "warning",
    Standing.UNKNOWN_FORM: "warning",
    Standing.NO_FILE: "warning",
    Standing.STOPPED: "warning",
    Standing.REFUSED_FILE: "error",
    Standing.FAULTY: "error",
    Standing.FAILED: "error",
}
#: Colour is never the only sign.
_SIGNS = {"good": "✓ ", "warning": "△ ", "error": "▲ "}


def standing_text(line: ApplicationLine) -> str:
    """How an application stands, with a sign."""
    return f"{_SIGNS.get(_TONES.get(line.standing, ''), '')}{STANDING[line.standing]}"


def may_choose(line: ApplicationLine | None) -> bool:
    """Whether a person may say whose application it is."""
    return line is not None and (
        line.standing is Standing.NO_HOUSEHOLD or (line.is_chosen and line.standing not in SETTLED)
    )


def may_take_in(report: ApplicationReport | None) -> bool:
    """Whether there is anything to confirm."""
    return report is not None and not report.applied and report.count(*READY) > 0


def verdict(report: ApplicationReport) -> str:
    """What the list means for the person before it."""
    left = len(report.left)
    if report.applied:
        done = report.count(Standing.DONE)
        said = f"{done:,}件を受領書類として取り込みました。"
        more = "残りは理由を見て直し、もう一度確かめると続きから取り込めます。" if left else ""
        return f"{said}{f'取り込んでいないものが{left:,}件あります。' if left else ''}{more}"
    ready = report.count(*READY)
    cannot, known = left - ready, report.count(Standing.TAKEN)
    parts = [f"申請{len(report.lines):,}件：取り込めるもの{ready:,}件"]
    if known:
        parts.append(f"取込済み{known:,}件")
    if cannot:
        parts.append(f"取り込めないもの{cannot:,}件（一覧に残ります）")
    return "、".join(parts) + "。まだ何も保存していません。"


def question(report: ApplicationReport) -> str:
    """What is asked before anything is taken in."""
    return (
        f"{report.count(*READY):,}件の電子申請を受領書類として取り込みます。"
        "受け取った書類は消せません。"
    )


def application_columns() -> tuple[Column[ApplicationLine], ...]:
    """The columns of the list."""
    return (
        Column(header="番目", text=lambda a: f"{a.place:,}", sort=lambda a: a.place, align=RIGHT),
        Column(
            header="受付番号",
            text=lambda a: a.application.number,
            tooltip=lambda a: a.application.number,
        ),
        Column(header="状態", text=standing_text, tone=lambda a: _TONES.get(a.standing)),
        Column(header="ケース番号", text=lambda a: a.case_number),
        Column(
            header="世帯主",
            text=lambda a: f"{a.head_name}{'（選択）' if a.is_chosen else ''}",
            tooltip=lambda a: a.head_name,
        ),
        Column(header="提出者", text=lambda a: a.application.from_whom),
        Column(
            header="種類",
            text=lambda a: a.kind_label or a.application.form,
            tooltip=lambda a: a.application.form,
        ),
        Column(header="送信日", text=_sent_text, align=CENTER),
        Column(header="添付", text=lambda a: f"{len(a.application.files)}", align=RIGHT),
        Column(header="内容", text=lambda a: a.sentence, tooltip=lambda a: a.sentence),
    )


def _sent_text(line: ApplicationLine) -> str:
    sent = line.application.sent_on
    return format_date(sent, DateStyle.SHORT) if sent else ""
