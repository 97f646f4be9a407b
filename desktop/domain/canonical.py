"""One spelling for content, so that its hash means the same today and in ten years."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID


def canonical(content: Mapping[str, object]) -> bytes:
    """UTF-8 JSON with sorted keys and no white space; dates as ISO days, ids as lower-case text."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return text.encode("utf-8")


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical spelling: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date | UUID):
        return value.isoformat() if isinstance(value, date) else str(value)
    raise TypeError(type(value).__name__)
