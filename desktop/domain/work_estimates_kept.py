"""How an estimate is kept: as it was shown, in plain JSON, with every value it used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from desktop.domain.work_estimates import Estimate, EstimateKind, EstimateLine, UsedParameter


def as_json(estimate: Estimate) -> dict[str, Any]:
    """The estimate in plain values."""
    return {
        "kind": estimate.kind.value,
        "on": estimate.on.isoformat(),
        "version": estimate.version,
        "amount": estimate.amount,
        "lines": [
            {"label": line.label, "formula": line.formula, "amount": line.amount}
            for line in estimate.lines
        ],
        "used": [
            {
                "key": each.key,
                "label": each.label,
                "value": each.value,
                "valid_from": each.valid_from.isoformat(),
                "source": each.source,
                "confirmed": each.confirmed,
            }
            for each in estimate.used
        ],
        "refusals": list(estimate.refusals),
        "cautions": list(estimate.cautions),
    }


def from_json(kept: Mapping[str, Any]) -> Estimate:
    """The estimate again."""
    return Estimate(
        kind=EstimateKind(kept["kind"]),
        on=date.fromisoformat(kept["on"]),
        version=str(kept["version"]),
        amount=kept["amount"],
        lines=tuple(
            EstimateLine(
                label=line["label"],
                formula=line["formula"],
                amount=line["amount"],
            )
            for line in _rows(kept, "lines")
        ),
        used=tuple(
            UsedParameter(
                key=each["key"],
                label=each["label"],
                value=each["value"],
                valid_from=date.fromisoformat(each["valid_from"]),
                source=each["source"],
                confirmed=each["confirmed"],
            )
            for each in _rows(kept, "used")
        ),
        refusals=tuple(kept["refusals"]),
        cautions=tuple(kept["cautions"]),
    )


def _rows(kept: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    return cast("Sequence[Mapping[str, Any]]", kept[name])
