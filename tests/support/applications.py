"""Exports of online applications, made up by the tests."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.domain.ledger import training_line
from desktop.services.online_applications import OnlineApplicationService
from tests.support.desk import Desk

HEADER = (
    "申請番号",
    "ケース番号",
    "宛名番号",
    "手続名",
    "申請者",
    "送信日時",
    "枚数",
    "備考",
    "添付",
)
MAPPING = """
name = "架空の窓口"
source = "kakuu"
format = "{format}"
items = "{items}"
encoding = "{encoding}"
[columns]
"受付番号" = ["申請番号", "no"]
"ケース番号" = ["case"]
"宛名番号" = ["person"]
"様式" = ["手続名", "form"]
"提出者" = ["申請者", "by.name"]
"送信日" = ["送信日時", "sent"]
"ファイル" = ["添付", "files.name"]
[kinds]
pay_slip = ["給与明細の提出"]
income_declaration = ["収入申告（電子）"]
no_such_kind = ["知らない種類"]
"""


def a_row(number: str, case_number: str = "", **given: str) -> dict[str, str]:
    """A row of the CSV: a pay slip without files."""
    row = dict.fromkeys(HEADER, "")
    row |= {"申請番号": number, "ケース番号": case_number, "手続名": "給与明細の提出"}
    row |= {"申請者": "架空 花子", "送信日時": "2024-09-30T10:15:00+09:00"}
    return row | given


def a_mapping(
    folder: Path, form: str = "csv", items: str = "data.items", encoding: str = "auto"
) -> Path:
    """The mapping of these tests, beside the export's folder."""
    path = folder / f"mapping_{form}.toml"
    path.write_text(MAPPING.format(format=form, items=items, encoding=encoding), encoding="utf-8")
    return path


def a_csv(
    folder: Path, *rows: Mapping[str, str], is_training: bool, encoding: str = "utf-8"
) -> Path:
    """A list as CSV."""
    path = folder / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        if is_training:
            file.write(f"{training_line('0001')}\r\n")
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


def a_json(folder: Path, items: Sequence[Any], *, is_training: bool) -> Path:
    """A list as JSON."""
    path = folder / "list.json"
    whole: dict[str, Any] = {"data": {"items": items}}
    if is_training:
        whole["研修用"] = training_line("0001")
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def service_of(desk: Desk) -> OnlineApplicationService:
    """The use cases for one person's desk."""
    return OnlineApplicationService(desk.work, desk.attachments.clock, desk.staff, desk.attachments)
