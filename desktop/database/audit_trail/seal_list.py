"""The list of seals as a file that is kept away from the database: one JSON object a line, first a heading.

The tick adds to it each minute and looks at its last line first: a database set back to an old backup does not go on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.seals import Seal

#: Longer than any line.
_END_BYTES = 400
_HEADING = {"banso": "seals", "form": 1}


def write_list(path: Path, seals: Iterable[Seal]) -> int:
    """Write all seals and return how many; an older list of that name is replaced in one step."""
    lines = [json.dumps(_HEADING), *map(_line, seals)]
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


def add_to_list(path: Path, seals: Iterable[Seal]) -> int:
    """Add seals at the end, on the disk before it returns; the list is begun where there is none."""
    lines = [*map(_line, seals)]
    begun = path.exists()
    try:
        with path.open("a", encoding="ascii") as file:
            file.write(
                "".join(f"{line}\n" for line in ([] if begun else [json.dumps(_HEADING)]) + lines)
            )
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise UserError(
            "封印の控えに書き足せませんでした。置き場所の空きと許可を確認してください。"
        ) from None
    return len(lines)


def last_of_list(path: Path) -> Seal | None:
    """The newest seal of a list, None where there is no list or it is empty. Raises UserError where it is none.

    Only the end of the file is read: it grows by a line a minute.
    """
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _END_BYTES))
            last = json.loads(file.read().splitlines()[-1])
        return None if last == _HEADING else _seal(last)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise UserError(
            "封印の控えの終わりが読めません。書きかけで止まったか、書き換えられています。"
        ) from None


def _line(seal: Seal) -> str:
    return json.dumps(
        {"n": seal.n, "at": seal.at.isoformat(), "rows": seal.rows, "chain": seal.chain.hex()}
    )


def _seal(values: dict[str, str]) -> Seal:
    return Seal(
        n=int(values["n"]),
        at=datetime.fromisoformat(values["at"]),
        rows=int(values["rows"]),
        chain=bytes.fromhex(values["chain"]),
    )
