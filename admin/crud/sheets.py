"""Tables for other programs: CSV that no spreadsheet calculates, XLSX, and JSON."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from flask_babel import lazy_gettext as _l

Record = Sequence[Any]
BLOCK: Final = 64 * 1024
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet calculate
LONGEST: Final = 32_767  # characters in a cell of XLSX
MOST_ROWS: Final = 1_048_575


@dataclass(frozen=True)
class Table:
    """Names and heads of columns, records of plain values, the zone in which instants are shown."""

    names: Sequence[str]
    heads: Sequence[str]
    records: Iterator[Record]
    zone: tzinfo


def write_csv(table: Table) -> Iterator[bytes]:
    """Write comma-separated values (RFC 4180) in UTF-8 with the mark that Excel needs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(map(defused, table.heads))
    for record in table.records:
        writer.writerow([_as_text(value, table.zone) for value in record])
        if buffer.tell() > BLOCK:
            yield _drain(buffer)
    yield _drain(buffer)


def write_json(table: Table) -> Iterator[bytes]:
    """Write an array of objects, instants as RFC 3339 in UTC."""
    buffer, before = io.StringIO(), "[\n"
    for record in table.records:
        values = (value.isoformat() if isinstance(value, datetime) else value for value in record)
        told = dict(zip(table.names, values, strict=True))
        buffer.write(before + json.dumps(told, ensure_ascii=False))
        before = ",\n"
        if buffer.tell() > BLOCK:
            yield _drain(buffer)
    buffer.write("[]\n" if before == "[\n" else "\n]\n")
    yield _drain(buffer)


def write_xlsx(table: Table) -> Iterator[bytes]:
    """Write a workbook row by row into a file that is gone when it was sent."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 4 MB that only an export needs

    with tempfile.TemporaryFile() as file:
        plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = Workbook(file, plain)
        dated, bold = book.add_format({"num_format": "yyyy-mm-dd hh:mm"}), book.add_format()
        bold.set_bold()
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(table.heads):
            sheet.write_string(0, place, head, bold)
            sheet.set_column(place, place, 40 if not place else 18)
        for number, record in zip(range(1, MOST_ROWS + 1), table.records, strict=False):
            for place, value in enumerate(record):
                _write_cell(sheet, (number, place), value, dated, table.zone)
        book.close()
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def defused(text: str) -> str:
    """Return a text that no spreadsheet calculates: an apostrophe stops it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _write_cell(sheet: Any, at: tuple[int, int], value: Any, dated: Any, zone: tzinfo) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(*at, value.astimezone(zone).replace(tzinfo=None), dated)
    elif isinstance(value, int):
        sheet.write_number(*at, value)
    elif value is not None:
        sheet.write_string(*at, value[:LONGEST])


def _as_text(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return defused(value) if isinstance(value, str) else value


def _drain(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


@dataclass(frozen=True)
class Form:
    """A form of file: the ending of its name, what it is called, and how it is written."""

    name: str
    title: Any
    mimetype: str
    write: Callable[[Table], Iterator[bytes]]


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Final = {
    form.name: form
    for form in (
        Form("xlsx", _l("Excel (XLSX), with real dates"), _XLSX, write_xlsx),
        Form("csv", _l("CSV, for any spreadsheet"), "text/csv; charset=utf-8", write_csv),
        Form("json", _l("JSON, for programs"), "application/json", write_json),
    )
}
