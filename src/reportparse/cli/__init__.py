"""The command line: arguments in, text out; a thin second face of the library.

One module a command, named after it, with `arguments(parser)` and `run(options) -> int`; only the one that is
called is loaded. A new command is a module here and a line in `COMMANDS`.

Exit status: 0 done, 1 some file failed or something differs, 2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "extract": "take the figures out of reports",
    "outline": "show a report's headings",
    "tables": "show a report's tables",
    "fetch": "get reports from the net into a folder",
    "batch": "parse many reports into a store",
    "query": "ask a store",
    "panel": "put the figures of many reports side by side: regions by years by indicators",
    "review": "make a page that shows every figure in its text, to be decided on",
    "decide": "apply what was decided to the reports",
    "audit": "check what reports say against themselves and each other",
    "compare": "set what was extracted against an expectation or another run",
    "annotate": "take the figures to annotation tools, and back",
    "mcp": "let an assistant ask for figures, with their evidence",
    "score": "measure the library on gold, against floors",
    "explain": "show which rules saw what in a sentence",
    "gaps": "list what the word tables do not cover",
    "schema": "print the JSON Schema of a report",
}
"""Each command and what it does, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (by default the process's) name, and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _write_any_character()
    try:
        options = _parser(given[0] if given else "").parse_args(given)
        for folder in options.words:
            _use_words(folder)
        return int(options.run(options))
    except SystemExit as stop:  # argparse leaves this way after --help and after wrong use
        return stop.code if isinstance(stop.code, int) else 2
    except BrokenPipeError:  # the reader (`| head`) has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _write_any_character() -> None:
    """UTF-8 with plain newlines on standard output, whatever the system's habit; a terminal shows what it can."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="replace")
        else:
            out.reconfigure(encoding="utf-8", newline="")


def _use_words(folder: str) -> None:
    from reportparse.errors import WordsError
    from reportparse.lexicon import use_words

    try:
        use_words(folder)
    except WordsError as error:
        sys.stderr.write(f"reportparse: {error}\n")
        raise SystemExit(2) from error


def _parser(called: str) -> argparse.ArgumentParser:
    from reportparse import __version__

    parser = argparse.ArgumentParser(prog="reportparse", description="Typed figures from Chinese official reports.")
    parser.add_argument("--version", action="version", version=f"reportparse {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        if name == called:
            module = import_module(f"reportparse.cli.{name}")
            module.arguments(command)
            command.add_argument("--words", metavar="DIR", action="append", default=[], help="lay the word tables of DIR over the library's own")
            command.set_defaults(run=module.run)
    return parser
