"""``reportparse mcp REPORT… | STORE``: an assistant asks, this answers, over standard input and output."""

from __future__ import annotations

import argparse
import sys

from reportparse.cli.sources import reason, told
from reportparse.errors import ReportError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", metavar="REPORT", nargs="+", help="HTML, PDF, text or JSON from extract; or one store")
    parser.epilog = "It waits for an assistant (an MCP client) to start it; needs pip install 'reportparse[mcp]'. docs/mcp.md shows how."


def run(options: argparse.Namespace) -> int:
    """Open the shelf and serve until the assistant hangs up."""
    from reportparse.mcp_server import make_server
    from reportparse.shelf import open_shelf

    try:
        server = make_server(open_shelf(options.files))
    except (ReportError, OSError) as error:
        name = str(error.filename) if isinstance(error, OSError) and error.filename else "mcp"
        print(told(name, reason(error)), file=sys.stderr)
        return 1
    server.run()
    return 0
