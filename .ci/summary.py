"""Adds up what .ci/run did: a line a step, then 'N passed, N failed, N skipped'; 1 if any failed."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(reports: Path) -> int:
    passed = failed = skipped = 0
    print("\n=== summary")
    for line in (reports / "steps").read_text().splitlines():
        name, code, seconds = line.split("\t")
        counts = count(reports / f"{name}.xml", code == "0")
        told = "{} passed, {} failed, {} skipped".format(*counts)
        print(f"{name:<12} exit {code:>3} {seconds:>5} s  {told}")
        passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return int(failed > 0)


def count(report: Path, ended_well: bool) -> tuple[int, int, int]:
    """A step without a report counts as one; one that failed has a failure, whatever its report says."""
    if not report.exists():
        return (1, 0, 0) if ended_well else (0, 1, 0)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    tests, skipped = int(suite.get("tests")), int(suite.get("skipped"))
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    return tests - failed - skipped, failed if ended_well else max(failed, 1), skipped


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
