"""How many numerals of the reports nobody reads: `make score` prints it.

Run: python corpora/unread.py FOLDER...   of reports. A numeral outside the tables is read as a figure, or claimed as a time, a name
or a label, or unread.
"""

import sys
from pathlib import Path

from reportparse import ReportError, parse


def main() -> None:
    """Print a line a folder, and where each unread numeral stands."""
    for folder in sys.argv[1:]:
        records = reports = failed = 0
        unread = []
        for path in sorted(Path(folder).iterdir()):
            if path.suffix not in {".txt", ".html", ".pdf"}:
                continue
            try:
                report = parse(path)
            except ReportError:
                failed += 1
                continue
            reports += 1
            records += sum(record.cell is None for record in report.records)
            unread += [f"{path.name} {gap.start}" for gap in report.unread]
        print(f"{folder}: {reports} reports ({failed} gave an error): {len(unread)} numerals unread beside {records} records outside the tables")
        for place in unread:
            print(f"  {place}")


if __name__ == "__main__":
    main()
