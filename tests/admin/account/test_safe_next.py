from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from admin.account.safe_next import is_safe
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD

SIGNS = st.sampled_from([*"/\\.:@?# \t\n\0é学x", "//", "..", "%2e", "%2f", "%5c", "a=b"])
WORDS = st.sampled_from(["http:", "javascript:", "evil.example", "page", "admin"])
PIECES = SIGNS | WORDS


def lands(target):
    """Resolve as a browser does: blanks cut, backslashes slashes, %2e a dot."""
    seen = target.strip("".join(map(chr, range(33))))
    seen = seen.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/")
    seen = seen.replace("%2e", ".").replace("%2E", ".")
    return urlsplit(urljoin("https://blog.example/x/admin/login/", seen))


@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30))
@example("//evil.example/")
@example("/x/admin/../../evil")
@example("/x/admin/%2e%2e/%2e%2e/")
@example("/x/admin//evil.example")
@example("/x/adminevil/")
def test_safe_target_stays_in_the_console(target):
    for tried in (target, f"/x/admin/{target}"):
        if is_safe(tried, root="/x/admin"):
            place = lands(tried)
            assert (place.scheme, place.netloc) == ("https", "blog.example")
            assert unquote(place.path).startswith("/x/admin/")


@given(
    st.lists(st.text("abz09-学", min_size=1, max_size=8), max_size=4),
    st.dictionaries(st.text("abc", min_size=1), st.text("abc19", min_size=1), max_size=3),
)
def test_page_of_the_console_is_safe(segments, query):
    path = "/x/admin/" + "".join(f"{segment}/" for segment in segments)
    words = "&".join(f"{name}={value}" for name, value in query.items())

    assert is_safe(f"{path}?{words}" if words else path, root="/x/admin")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "tags/"]
)
def test_other_targets_lead_to_the_dashboard(app, target):

    browser = Browser(app.test_client())
    form = browser.get("/login/", query_string={"next": target}).page.form
    sent = form.filled(email="ann@example.org", password=PASSWORD)

    assert form.fields["next"] == target
    assert browser.send("/login/", sent).location == "/"


def test_page_asked_for_comes_after_signing_in(app):

    browser = Browser(app.test_client())
    asked = browser.get("/page/?status=draft&q=学习")
    form = browser.get(asked.location).page.form
    sent = form.filled(email="ann@example.org", password=PASSWORD)

    assert browser.send("/login/", sent).location == "/page/?status=draft&q=%E5%AD%A6%E4%B9%A0"
