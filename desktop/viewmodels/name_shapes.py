"""The shapes of characters (字形) in names that need a second look: variants, and what this workstation cannot draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.reports.characters import clusters
from desktop.viewmodels.printing import code_points

_AS_PLAIN = "　▲ この端末では基本の字で表示しています"
_NOT_AT_ALL = "　▲ この端末には字形がありません"


def name_shapes(names: Iterable[str], draws: Callable[[str], bool]) -> str:
    """Every variant in the names and every character that cannot be drawn, with its code points; "" for most files.

    `draws` says whether the screen draws a character, with its selector where it has one, in its own shape.
    """
    found = dict.fromkeys(
        cluster
        for name in names
        for cluster in clusters(name)
        if len(cluster) > 1 or not (cluster.isspace() or draws(cluster))
    )
    return "、".join(_described(cluster, is_drawn=draws(cluster)) for cluster in found)


def _described(cluster: str, *, is_drawn: bool) -> str:
    said = f"{cluster}（{code_points(cluster)}）"
    if is_drawn:
        return said
    return said + (_AS_PLAIN if len(cluster) > 1 else _NOT_AT_ALL)
