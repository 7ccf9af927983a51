"""For projects that hold fixtures of their own: one line a report.

    def test_bulletin(assert_report):
        assert_report("bulletin.html", "bulletin.toml")

``pytest --update-reports`` writes the expectations anew, for review as a diff. Without the plugin the same function is
`reportparse.assert_report`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.config.argparsing import Parser


def pytest_addoption(parser: Parser) -> None:
    """Add ``--update-reports``."""
    parser.getgroup("reportparse").addoption(
        "--update-reports", action="store_true", help="write the expectations of assert_report anew, for review"
    )


@pytest.fixture
def assert_report(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Assert that a report gives what a fixture expects; paths are taken from the test's own folder."""

    def check(report: Any, expected: Any, **options: Any) -> None:
        __tracebackhide__ = True
        from reportparse.comparison import assert_report as check_now
        from reportparse.comparison import reports_of
        from reportparse.comparison.updating import updated

        report, expected = (_found(request.path.parent, one) for one in (report, expected))
        if request.config.getoption("--update-reports") and isinstance(expected, Path):
            expected.write_text(updated(expected, reports_of(report), **options), encoding="utf-8")
        check_now(report, expected, **options)

    return check


def _found(folder: Path, given: Any) -> Any:
    return folder / given if isinstance(given, str | Path) else given
