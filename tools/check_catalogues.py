"""Checks every catalogue under locale/: placeholders of a translation are those of its English text, and a
plural has as many forms as its language needs. Ends with 1 and the lines where something is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po


def main() -> int:
    faults = [
        fault for path in sorted(Path("locale").glob("**/LC_MESSAGES/*.po")) for fault in faults_of(path)
    ]
    for fault in faults:
        print(fault)
    return bool(faults)


def faults_of(path: Path) -> list[str]:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parts[-3])
    found = [f"{path}:{message.lineno}: {fault}" for message, faults in catalogue.check() for fault in faults]
    untranslated = [message for message in catalogue if message.id and not message.string]
    fuzzy = [message for message in catalogue if message.id and message.fuzzy]
    found += [f"{path}:{message.lineno}: not translated" for message in untranslated]
    found += [f"{path}:{message.lineno}: fuzzy" for message in fuzzy]
    return found


if __name__ == "__main__":
    sys.exit(main())
