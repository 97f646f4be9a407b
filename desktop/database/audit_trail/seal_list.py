"""The list of seals as a file that is kept away from the database: one JSON object a line, first a heading."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.seals import Seal

_HEADING = {"banso": "seals", "form": 1}


def write_list(path: Path, seals: Iterable[Seal]) -> int:
    """Write all seals and return how many; an older list of that name is replaced in one step."""
    lines = [json.dumps(_HEADING)]
    lines += [
        json.dumps({"n": s.n, "at": s.at.isoformat(), "rows": s.rows, "chain": s.chain.hex()})
        for s in seals
    ]
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        unfinished.write_text("\n".join(lines) + "\n", encoding="ascii")
        unfinished.replace(path)
    except OSError:
        raise UserError(
            "封印の控えを書けませんでした。保存先のフォルダーを確認してください。"
        ) from None
    return len(lines) - 1


def read_list(path: Path) -> list[Seal]:
    """Read a list back. Raises UserError where it is none."""
    try:
        heading, *lines = path.read_text(encoding="ascii").splitlines()
        is_ours = json.loads(heading) == _HEADING
        found = [_seal(json.loads(line)) for line in lines] if is_ours else None
    except (OSError, ValueError, KeyError, TypeError):
        found = None
    if found is None:
        raise UserError("封印の控えを読めません。export-seals で作ったファイルを指定してください。")
    return found


def _seal(values: dict[str, str]) -> Seal:
    return Seal(
        n=int(values["n"]),
        at=datetime.fromisoformat(values["at"]),
        rows=int(values["rows"]),
        chain=bytes.fromhex(values["chain"]),
    )
