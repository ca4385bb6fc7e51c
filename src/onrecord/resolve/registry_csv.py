r"""A registry as CSV, for a spreadsheet: a row an entry.

Columns: `id`, `type`, `name`, `aliases`, `parents`, `since`, `until`, `ids`, `note`, in any order; the first three are
needed. A cell of several values parts them by `;`. An alias may say its language and script: `اتحاد الميناء@ar`,
`Ittihad al-Mina@ar/Latn`. An id in a scheme is `wikidata:Q42`. A `;`, `@` or `\` that belongs to a value has a `\` in
front. One row an entry rather than one a name, so that two rows with one id are a mistake that can be seen.

Read with `,`, `;` or a tab between cells, with or without a byte order mark, in UTF-8 or UTF-16. Written with a byte
order mark (Excel takes the file for Latin-1 without), commas and CR LF, and with words that a spreadsheet would run as
a formula disarmed (`text.spreadsheet`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import regex

from onrecord.errors import RegistryError
from onrecord.resolve.entries import Alias, Entry, Fault, Lined
from onrecord.resolve.registry_fields import entry, unknown
from onrecord.text.spreadsheet import disarmed, rearmed
from onrecord.text.writing import shown

COLUMNS = ("id", "type", "name", "aliases", "parents", "since", "until", "ids", "note")
NEEDED = ("id", "type", "name")
BOM = "\ufeff"
_DELIMITERS = (",", ";", "\t")
_ITEM = regex.compile(r"((?:[^;\\]|\\.)*+\\?)(?:;|\Z)", regex.DOTALL)
_TAG = regex.compile(r"((?:[^@\\]|\\.)*+)(?:@([^@\\/]*+)(?:/([^@\\/]*+))?)?+", regex.DOTALL)
_ESCAPED = regex.compile(r"\\(.)", regex.DOTALL)
_SPECIAL = regex.compile(r"[;@\\]")


def read(text: str) -> Lined:
    """The rows of a table. Raises RegistryError where there is no such table."""
    rows = _rows(text.removeprefix(BOM))
    _, header = next(rows, (1, []))
    names = [rearmed(name.strip()).casefold() for name in header]
    problems = [*_wrong_columns(names)]
    if problems:
        raise RegistryError(" ".join(str(each) for each in problems), tuple(problems))
    entries, places = [], []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            problems.append(Fault("extra-cells", cells[0], f"The row of “{shown(cells[0])}” has more cells than the "
                                  "header. Put cells that hold the delimiter in quotation marks.", line))  # fmt: skip
        filled = {name: rearmed(cell) for name, cell in zip(names, cells, strict=False) if cell and name}
        made, faults = entry(filled.pop("id", "").strip(), {n: READERS[n](cell) for n, cell in filled.items()}, line)
        entries.append(made)
        places.append(line)
        problems += faults
    return Lined(tuple(entries), tuple(places), tuple(problems))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on; a line `sep=;` in front, as Excel writes it, is passed over."""
    first, _, rest = text.partition("\n")
    said = regex.fullmatch(r"sep=([,;\t])\r?", first)
    limit = csv.field_size_limit(max(len(text), 131_072))
    try:
        reader = csv.reader(io.StringIO(rest if said else text, newline=""),
                            delimiter=said[1] if said else _delimiter(first), strict=True)  # fmt: skip
        line = 1 + bool(said)
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1 + bool(said)
    except csv.Error as error:
        raise RegistryError(
            f"The table breaks off at line {reader.line_num}: {error}. Look for a quotation mark that is not closed; "
            'one within a cell is doubled ("").'
        ) from error
    finally:
        csv.field_size_limit(limit)


def _delimiter(header: str) -> str:
    """That which parts the most known columns."""
    counts = {sign: len({*(it.strip(' "\r').casefold() for it in header.split(sign))} & {*COLUMNS})
              for sign in _DELIMITERS}  # fmt: skip
    return max(counts, key=lambda sign: counts[sign])


def _wrong_columns(names: list[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        if name and name not in COLUMNS:
            yield Fault("unknown-field", "", f"A column is not known: {unknown(name, COLUMNS)}", 1)
        elif name and names.count(name) > 1:
            yield Fault("unknown-field", "", f"There are several columns `{name}`. Put their cells into one.", 1)
    for name in NEEDED:
        if name not in names:
            yield Fault(
                "no-column", "", f"The first line names no column `{name}`. Begin with: {','.join(COLUMNS)}.", 1
            )


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The header, then a row an entry."""
    yield BOM.encode("utf8") + _line(COLUMNS)
    for each in entries:
        yield _line([disarmed(cell) for cell in _cells(each)])


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf8")


def _cells(of: Entry) -> tuple[str, ...]:
    return (
        of.id, of.type, of.name, "; ".join(map(_alias, of.aliases)), "; ".join(map(_escaped, of.parents)),
        of.since or "", of.until or "", "; ".join(_escaped(f"{scheme}:{value}") for scheme, value in of.ids),
        of.note or "",
    )  # fmt: skip


def _alias(of: Alias) -> str:
    script = "" if of == Alias(of.name, of.language) else f"/{of.script}"
    tag = f"@{of.language or ''}{script}" if of.language or script else ""
    return _escaped(of.name) + tag


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", value)


def _items(cell: str) -> list[str]:
    """What `;` parts, without white space around; still escaped."""
    return [item for item in (match[1].strip() for match in _ITEM.finditer(cell)) if item]


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)


def _aliases(cell: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    for item in _items(cell):
        match = _TAG.fullmatch(item)
        name, language, script = match.groups("") if match else (item, "", "")
        found.append({"name": _plain(name), "language": language, "script": script})
    return found


def _list(cell: str) -> list[str]:
    return [_plain(item) for item in _items(cell)]


def _whole(cell: str) -> str:
    return cell


READERS: dict[str, Callable[[str], Any]] = {
    "type": str.strip, "name": _whole, "aliases": _aliases, "parents": _list, "since": _whole, "until": _whole,
    "ids": _list, "note": _whole,
}  # fmt: skip
