"""Lists as files: every row, chosen columns, nothing that a spreadsheet would calculate."""

import csv
import io
import json
from datetime import datetime

import openpyxl
import pytest
from werkzeug.datastructures import MultiDict

from admin import create_app
from shared.models import AuditEvent
from tests.admin.content import write
from tests.admin.lists import fill
from tests.admin.signing_in import enter

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\ttab", '=HYPERLINK("http://x")']


@pytest.fixture
def ann(any_runtime):
    return enter(create_app(any_runtime), "Ann")


def download(browser, form, query=""):
    fields = MultiDict({"csrf_token": browser.token(), "form": form})
    return browser.client.post(f"/export/page/{query}", data=fields)


def test_csv_has_every_row_in_the_order_of_the_list(ann, any_runtime):
    fill(any_runtime, 1_205, title=lambda n: f"Post {n:04}")
    answer = download(ann, "csv", "?sort=title&status=published")
    data = answer.get_data()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))

    assert data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=page-2026-03-01.csv"
    assert rows[0] == ["Title", "Status", "Author", "Published", "Changed"]
    assert [row[0] for row in rows[1:]] == [f"Post {n:04}" for n in range(1_205)]
    assert rows[1][3] == "2026-03-01 12:00:00"


@pytest.mark.parametrize("title", EVIL)
def test_cells_that_would_be_calculated_are_defused(ann, any_runtime, title):
    fill(any_runtime, 1, title=lambda _: title)
    [_, row] = csv.reader(io.StringIO(download(ann, "csv").get_data().decode("utf-8-sig")))

    assert row[0] == f"'{title}"
    assert json.loads(download(ann, "json").get_data())[0]["title"] == title


def test_xlsx_is_read_by_another_program_with_real_dates_and_no_formula(ann, any_runtime):
    fill(any_runtime, 30, title=lambda n: EVIL[n % len(EVIL)] + str(n), slug=lambda n: f"一-{n}")
    book = openpyxl.load_workbook(io.BytesIO(download(ann, "xlsx", "?sort=title").get_data()))
    rows = list(book.active.iter_rows())

    assert len(rows) == 31
    assert [cell.value for cell in rows[0]] == ["Title", "Status", "Author", "Published", "Changed"]
    assert {cell.data_type for row in rows[1:] for cell in row[:2]} == {"s"}
    days = {row[3].value.date().isoformat() for row in rows[1:]}
    assert days == {"2026-03-01", "2026-02-28", "2026-02-27"}
    assert all(row[3].is_date for row in rows[1:])


def test_json_has_names_and_instants_that_programs_read(ann, any_runtime):
    write(any_runtime, title="One", tags=("a",))
    [row] = json.loads(download(ann, "json").get_data())

    assert row["title"] == "One"
    assert datetime.fromisoformat(row["published_at"]).tzinfo is not None
    assert json.loads(download(ann, "json", "?q=nothing+like+it").get_data()) == []


def test_download_is_on_record_with_what_it_held(ann, any_runtime):
    fill(any_runtime, 1)
    download(ann, "csv", "?status=published&sort=title").get_data()
    with any_runtime.database.reading() as session:
        event = session.query(AuditEvent).filter_by(action="list.exported").one()

    assert (event.actor_name, event.object_kind) == ("Ann", "post")
    assert event.data == {"form": "csv", "query": {"status": "published", "sort": "title"}}


def test_author_downloads_what_the_list_shows_and_no_more(any_runtime):
    cy = enter(create_app(any_runtime), "Cy")
    write(any_runtime, "Cy", title="Mine")
    write(any_runtime, "Ben", title="Not mine")

    assert [row["title"] for row in json.loads(download(cy, "json").get_data())] == ["Mine"]


def test_unknown_form_is_not_found(ann):
    assert download(ann, "exe").status_code == 404
