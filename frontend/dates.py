"""Dates as each language writes them, in the site's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def format_day(at: datetime, zone: ZoneInfo, language: str) -> str:
    """Write a day: 8 January 2019, 2019年1月8日, and 2019-01-08 where we know no better."""
    day = at.astimezone(zone)
    match _language(language):
        case "zh" | "ja":
            return f"{day.year}年{day.month}月{day.day}日"
        case "ko":
            return f"{day.year}년 {day.month}월 {day.day}일"
        case "en":
            return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%Y-%m-%d}"


def format_short(day: date, language: str) -> str:
    """Write a day whose year stands above it: 8 Jan, 1月8日."""
    match _language(language):
        case "zh" | "ja":
            return f"{day.month}月{day.day}日"
        case "ko":
            return f"{day.month}월 {day.day}일"
        case "en":
            return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]}"
    return f"{day:%m-%d}"


def name_month(month: int, language: str) -> str:
    """Write a month's name: January, 1月."""
    match _language(language):
        case "zh" | "ja":
            return f"{month}月"
        case "ko":
            return f"{month}월"
        case "en":
            return ENGLISH_MONTHS[month - 1]
    return f"{month:02}"


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant for machines, to the second, with the offset of the site's zone."""
    return at.astimezone(zone).isoformat(timespec="seconds")
