"""Over the real documents, where they are: nothing raised, places right, few numerals unread."""

from __future__ import annotations

import pytest

from reportparse import parse

MOST_UNREAD = 0.03


@pytest.fixture(scope="session")
def reports(shared):
    """Every text and HTML document, read once."""
    return {p.name: parse(p) for p in sorted((shared / "corpus").iterdir()) if p.suffix in {".html", ".txt"}}


def test_places_are_right_everywhere(reports):
    wrong = [
        (name, one)
        for name, report in reports.items()
        for one in (*report.records, *report.unread)
        if report.text[one.start : one.end] != one.text
    ]
    assert not wrong


def test_few_numerals_are_unread(reports):
    unread = sum(len(report.unread) for report in reports.values())
    read = sum(len(report.records) for report in reports.values())
    assert unread <= MOST_UNREAD * (unread + read)


def test_json_and_back_loses_nothing(reports):
    for report in reports.values():
        assert type(report).from_json(report.to_json()) == report
