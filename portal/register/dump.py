"""Reads the records of a dump one after the other, whatever its size: JSON of schema 2.x, plain or zipped."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import ijson


class DumpFault(Exception):
    """A sentence that says what is wrong with the file, and where."""


@contextmanager
def open_dump(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The JSON in `path` as a stream, with its size in bytes."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                member = _json_member(archive, path)
                with archive.open(member) as stream:
                    yield stream, member.file_size
        else:
            with path.open("rb") as stream:
                yield stream, path.stat().st_size
    except OSError as fault:
        raise DumpFault(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as fault:
        raise DumpFault(f"{path} is a damaged or locked zip file: {fault}.") from fault


def _json_member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Dumps up to 1.74 hold both schemas; the file of schema 2 then says so in its name."""
    found = [member for member in archive.infolist() if member.filename.endswith("ror-data.json")]
    second = [member for member in archive.infolist() if member.filename.endswith("_schema_v2.json")]
    others = [member for member in archive.infolist() if member.filename.endswith(".json")]
    for members in (second, found, others):
        if len(members) == 1:
            return members[0]
    raise DumpFault(
        f"{path} holds {len(others)} JSON files where one is expected; unpack it and name the file."
    )


def read_records(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Raises DumpFault where the JSON breaks off or is no list of records."""
    number = 0
    try:
        for record in ijson.items(stream, "item", use_float=True):
            number += 1
            if not isinstance(record, dict):
                raise DumpFault(f"Entry {number} of the file is no record of an organisation.")
            yield record
    except (ijson.JSONError, UnicodeDecodeError) as fault:
        reason = str(fault).splitlines()[0].strip()
        raise DumpFault(f"The file is not sound JSON after record {number}: {reason}.") from fault
    if not number:
        raise DumpFault(
            "The file holds no records; expected is a list of organisations, as ROR publishes it."
        )
