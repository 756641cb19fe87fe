"""What the cells of each kind of column hold, and how they are written."""

from datetime import timedelta
from types import SimpleNamespace

from admin.crud import Column, CountColumn, DateColumn, LinkColumn, StatusColumn
from admin.crud.columns import Cell
from admin.crud.writing import write_cells, write_details
from shared.models import PostTag
from tests.cast import NOON

ROW = SimpleNamespace(id=7, name="A <b>name</b>", slug="a-name", at=NOON, state="new", nothing=None)


def cell(column, extra=()):
    [found] = column.cells([ROW], dict(extra), lambda row: f"/rows/{row.id}/")
    return found


def test_text_is_the_attribute_or_what_is_made_of_the_row():
    assert cell(Column("slug")) == Cell("text", "Slug", "a-name")
    assert cell(Column("nothing")) == Cell("text", "Nothing", "")
    assert cell(Column("slug", "Made", value=lambda row: row.id * 2)) == Cell("text", "Made", 14)


def test_link_leads_to_the_row_with_its_note_below():
    assert cell(LinkColumn("name", note="slug")) == Cell(
        "link", "Name", ROW.name, "/rows/7/", "a-name"
    )
    assert cell(LinkColumn("name", note="nothing")).detail == ""


def test_date_is_shown_for_people_and_for_machines(app):
    with app.test_request_context("/"):
        assert cell(DateColumn("at")) == Cell(
            "date", "At", "2026-03-01 12:00", detail="2026-03-01T12:00:00+00:00"
        )
        assert cell(DateColumn("nothing")) == Cell("date", "Nothing", "")
        late = DateColumn("at", value=lambda row: row.at + timedelta(seconds=59))
        assert cell(late).text == "2026-03-01 12:00"


def test_status_has_the_colour_and_word_of_its_look():
    assert cell(StatusColumn("state", looks={"new": ("good", "Fresh")})) == Cell(
        "status", "State", "Fresh", detail="good"
    )
    assert cell(StatusColumn("state", looks={})) == Cell("status", "State", "new")


def test_count_leads_to_what_was_counted_where_there_is_any(app):
    column = CountColumn("posts", key=PostTag.tag_id, link=("page.index", "tag", "slug"))
    with app.test_request_context("/"):
        for count, told in (("987", "987"), ("1000", "1,000"), ("1001", "1,000+")):
            found = cell(column, {7: [count]}.items())
            assert found == Cell("count", "Posts", told, "/page/?tag=a-name")
        assert cell(column) == Cell("count", "Posts", "0")
    assert cell(CountColumn("posts", key=PostTag.tag_id), {7: ["3"]}.items()).url == ""


def test_every_part_of_a_cell_is_escaped():
    odd = '<i>"&'
    kinds = [Cell(kind, odd, odd, odd, odd, odd) for kind in ("text", "link", "date", "status")]
    html = write_cells(kinds) + write_details(kinds)

    assert odd not in html
    assert "<i>" not in html
    assert html.count("&lt;i&gt;&#34;&amp;") > 16
