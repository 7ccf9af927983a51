"""The JSON Schema of a report, as `Report.to_json` writes it."""

from __future__ import annotations

from typing import Any

import msgspec

from reportparse.model import SCHEMA, Report


def json_schema() -> dict[str, Any]:
    """Return JSON Schema 2020-12; every property is required, since nothing is left out."""
    schema = msgspec.json.schema(Report)
    for definition in schema["$defs"].values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reportparse report, contract {SCHEMA}",
        **schema,
    }
