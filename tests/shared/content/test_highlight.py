import re

import pytest

from shared.content.highlight import (
    LANGUAGES,
    MAX_CHARACTERS,
    MAX_LINE,
    MAX_RUN,
    highlight,
    highlight_css,
    language_of,
)

SAMPLE = """# a
<b c="d">{{ e }}</b> {% if f %} {"g": 1} [h]
def i(j): return "k" + 2; // l /* m */
$n = o -> p; %q @r
Host: s
+ t
%u= v
"""


def luminance(colour):
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_is_legible(dark):
    css = highlight_css(dark)
    background = re.search(r"background: (#\w{6})", css)[1]
    colours = re.findall(r"[ {]color: (#\w{6});", css)
    assert len(colours) > 8
    assert {colour for colour in colours if contrast(colour, background) < 4.5} == set()


def test_css_of_both_themes_differs_and_is_scoped():
    light, dark = highlight_css(dark=False), highlight_css(dark=True)
    assert (
        luminance(re.search("#\\w{6}", light)[0]) > 0.8 > luminance(re.search("#\\w{6}", dark)[0])
    )
    assert all(line.startswith(("pre {", "pre code :is(.")) for line in light.splitlines())


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("", ""),
        ("Python", "python"),
        (" python title=x", "python"),
        ("{.js}", "js"),
        ("c++", "c++"),
    ],
)
def test_language_of(info, language):
    assert language_of(info) == language


@pytest.mark.parametrize("language", ["", "nonsense", "autohotkey"])
def test_unknown_or_untried_language_is_escaped_only(language):
    assert highlight("<a> & b", language) == "&lt;a&gt; &amp; b"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_listed_language_is_known(language):
    assert "<span" in highlight(SAMPLE, language)


@pytest.mark.parametrize(
    "code",
    ["x = 1\n" * MAX_CHARACTERS, "+" * (MAX_LINE + 1), "\n" * (MAX_RUN + 1), "a b\n" * MAX_RUN],
)
def test_code_that_may_be_slow_is_shown_plain(code):
    assert highlight(code, "python") == code


def test_ordinary_long_code_is_coloured():
    assert highlight("def f(x): return x\n" * 1000, "python").count("<span") > 5000


def test_text_of_highlighted_code_is_the_code():
    code = 'def f(x):\n    """Doc."""\n    return [1, 2.5, x]  # end\n'
    html = highlight(code, "python")
    assert re.sub("<[^>]*>", "", html).replace("&quot;", '"') == code
    assert set(re.findall('<span class="(.*?)">', html)) == {
        "k",
        "nf",
        "p",
        "n",
        "sd",
        "mi",
        "mf",
        "c1",
    }
