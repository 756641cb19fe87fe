import pytest

from shared.content.markdown import render


def linked(source):
    """Show each link as [text](address), so that a case is readable."""
    html = render(source).html.strip().removeprefix("<p>").removesuffix("</p>")
    html = html.replace(' rel="noopener"', "")
    return html.replace('<a href="', "{").replace('">', "|").replace("</a>", "}")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("即http://127.0.0.1:5000，此时", "即{http://127.0.0.1:5000|http://127.0.0.1:5000}，此时"),
        ("访问http://x.org即可", "访问{http://x.org|http://x.org}即可"),
        ("http://x.org/a。", "{http://x.org/a|http://x.org/a}。"),
        ("（http://x.org/a）", "（{http://x.org/a|http://x.org/a}）"),
        (
            "https://x.org/page/flask学习/ 见",
            "{https://x.org/page/flask%E5%AD%A6%E4%B9%A0/|https://x.org/page/flask学习/} 见",
        ),
        ("(http://a.b/c_(d)).", "({http://a.b/c_(d)|http://a.b/c_(d)})."),
        ("See http://a.b/c?d=e&f=1.", "See {http://a.b/c?d=e&amp;f=1|http://a.b/c?d=e&amp;f=1}."),
        ("www.x.org", "{http://www.x.org|www.x.org}"),
        ("`http://a.b`", "<code>http://a.b</code>"),
        ("[http://a.b](/c)", "{/c|http://a.b}"),
        ("me@www.x.org ftp://a.b javascript://x", "me@www.x.org ftp://a.b javascript://x"),
    ],
)
def test_bare_address(source, shown):
    assert linked(source) == shown


def test_address_inside_raw_link_stays_one_link():
    assert linked('<a href="/x">http://a.b</a> end') == "{/x|http://a.b} end"
