from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from admin.transfer.jekyll.dates import parse_moment

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2013-07-25 09:08:38 +0200", "2013-07-25T09:08:38+02:00"),
        ("2013-07-25T09:08:38+02:00", "2013-07-25T09:08:38+02:00"),
        ("2013-07-25 09:08:38 Z", "2013-07-25T09:08:38+00:00"),
        ("2013-07-25 09:08:38.5 UTC", "2013-07-25T09:08:38.500000+00:00"),
        ("2013-07-25 09:08:38.1234567 Z", "2013-07-25T09:08:38.123456+00:00"),
        ("2023-01-29 18:30:22 2023 -0800", "2023-01-29T18:30:22-08:00"),
        ("2019-1-8", "2019-01-08T00:00:00+01:00"),
        ("2019/01/08 09:30", "2019-01-08T09:30:00+01:00"),
        ("2019-07-08 09:30", "2019-07-08T09:30:00+02:00"),
        ("2019-01-08 12:05 AM", "2019-01-08T00:05:00+01:00"),
        ("2019-01-08 1:05 pm", "2019-01-08T13:05:00+01:00"),
    ],
)
def test_date_is_read_in_its_own_zone_or_the_sites(written, moment):
    assert parse_moment(written, ZURICH).isoformat() == moment


def test_date_of_a_site_without_zone_is_in_utc():
    assert parse_moment("2019-01-08", None) == datetime(2019, 1, 8, tzinfo=UTC)


def test_date_that_yaml_has_read_already_keeps_its_zone():
    east = timezone(timedelta(hours=5, minutes=30))
    assert parse_moment(datetime(2019, 1, 8, 9, tzinfo=east), ZURICH).tzinfo == east
    assert parse_moment(datetime.fromisoformat("2019-01-08T09:00"), ZURICH).tzinfo == ZURICH
    assert parse_moment(date(2019, 1, 8), None) == datetime(2019, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("written", ["soon", "2019-13-08", "2019-02-30", "", "2019-01-08 25:00"])
def test_what_is_no_date_is_named(written):
    with pytest.raises(ValueError, match=f"“{written}” is no date"):
        parse_moment(written, None)
