from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from frontend.dates import format_day, format_short, name_month, stamp

LATE = datetime(2019, 1, 7, 20, 30, 5, 999, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("language", "day", "short", "month"),
    [
        ("en", "8 January 2019", "8 Jan", "January"),
        ("en-GB", "8 January 2019", "8 Jan", "January"),
        ("zh-Hans", "2019年1月8日", "1月8日", "1月"),
        ("ja", "2019年1月8日", "1月8日", "1月"),
        ("ko", "2019년 1월 8일", "1월 8일", "1월"),
        ("de", "2019-01-08", "01-08", "01"),
    ],
)
def test_days_as_each_language_writes_them(language, day, short, month):
    assert format_day(LATE, SHANGHAI, language) == day
    assert format_short(date(2019, 1, 8), language) == short
    assert name_month(1, language) == month


def test_stamp_is_an_instant_in_the_sites_zone():
    assert stamp(LATE, SHANGHAI) == "2019-01-08T04:30:05+08:00"
