"""What the tests share: the flag that rewrites goldens, the folder of real documents, quiet property runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

settings.register_profile("here", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew, for review as a diff")
    parser.addoption("--update-deviations", action="store_true", help="list what still differs from the goldens")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; where it is not given, the test is skipped."""
    place = os.environ.get("REPORTPARSE_SHARED")
    if not place:
        pytest.skip("REPORTPARSE_SHARED is not set: no real documents here")
    return Path(place)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return ROOT / "fixtures"
