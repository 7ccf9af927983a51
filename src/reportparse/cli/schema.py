"""``reportparse schema``: the contract, for programs."""

from __future__ import annotations

import argparse
import json

from reportparse.export.schema import json_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""
    parser.epilog = "The output of extract --format json is valid against it."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001  the same for all commands
    """Print the schema."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
