"""The list of what is not taken in, as a file: nothing of an export is lost from sight."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.domain.csv_cells import safe_cell
from desktop.domain.errors import UserError
from desktop.domain.online_applications import STANDING, ApplicationReport

_HEADER = ("行", "受付番号", "ケース番号", "様式", "状態", "内容", "ファイル")


def write_left(report: ApplicationReport, out: Path) -> int:
    """Write the list for a spreadsheet (UTF-8 with its mark); nothing in it is a formula. How many lines."""
    draft = out.with_name(f"{out.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADER)
            for line in report.left:
                application = line.application
                cells = (
                    str(line.place),
                    application.number,
                    line.case_number,
                    application.form,
                    STANDING[line.standing],
                    line.sentence,
                    "; ".join(application.files),
                )
                writer.writerow([safe_cell(cell) for cell in cells])
        draft.replace(out)
    except (OSError, ValueError):
        raise UserError(
            "一覧を保存できません。場所と、ほかのプログラムで開いていないかを確かめてください。"
        ) from None
    return len(report.left)
