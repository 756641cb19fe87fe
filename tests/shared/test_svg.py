import pytest

from shared.svg import FETCHES, find_danger

LINK = "is an SVG picture with a script in a link"
NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def picture(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NAMES} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "data",
    [
        picture('<path d="M0 0"/>'),
        picture('<style>.a { fill: url(#b) }</style><g class="a"/>'),
        picture('<use href="#a"/><use xlink:href="#a"/>'),
        picture('<image href="data:image/png;base64,AAAA"/>'),
        picture('<a href="https://example.org"><text>x</text></a>'),
        picture(r"<title>C:\new</title><text>url(x) and @import</text>"),
        picture('<rect fill="url(#g)"><animate attributeName="x" to="1"/></rect>'),
        picture("", r'xmlns:i="urn:inkscape" i:export-filename="C:\new"'),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg/>',
    ],
)
def test_picture_that_only_shows_something_is_harmless(data):
    assert find_danger(data) == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (picture("<script>alert(1)</script>"), "is an SVG picture with <script>"),
        (picture("<foreignObject/>"), "is an SVG picture with <foreignobject>"),
        (picture("", 'onload="alert(1)"'), "is an SVG picture with onload="),
        (picture('<a href=" JavaScript:x"/>'), LINK),
        (
            picture('<a xlink:href="data:text/html,x"/>'),
            LINK,
        ),
        (
            picture('<a><set attributeName="href" to="javascript:x"/></a>'),
            "is an SVG picture that changes its links",
        ),
        (
            picture('<image href="https://e.example/x.png"/>'),
            FETCHES,
        ),
        (picture('<use href="other.svg#a"/>'), FETCHES),
        (picture("<style>@import 'x'</style>"), FETCHES),
        (
            picture('<g style="fill: url(https://e.example)"/>'),
            FETCHES,
        ),
        (picture("<style><a/>@import 'x'</style>"), FETCHES),
        (picture(r"<style>@\69mport 'x'</style>"), FETCHES),
        (picture("<style>a { b: image-set('x' 1x) }</style>"), FETCHES),
        (picture(r'<rect fill="u\72l(https://e.example)"/>'), FETCHES),
        (picture('<use href="#a"/>', 'xml:base="https://e.example/"'), FETCHES),
        (b'<?xml-stylesheet href="x.css"?>' + picture(""), FETCHES),
        (picture('<a href="java&#9;script:x"/>'), LINK),
        (picture('<a href="java&#10;script:x"/>'), LINK),
        (b"<svg>", "is markup that is not a well-formed SVG picture"),
        (b"<html/>", "is markup, but not an SVG picture"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
            "is markup that is not a well-formed SVG picture",
        ),
    ],
)
def test_picture_that_does_more_is_named(data, reason):
    assert find_danger(data) == reason
