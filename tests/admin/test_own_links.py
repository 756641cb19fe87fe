"""Links to one's own posts in the console: offered, warned of, shown in the preview."""

from shared.domain.posts import trash
from shared.runtime import Runtime
from tests.admin.content import change, write
from tests.admin.signing_in import Browser, Enter

JSON = {"Accept": "application/json"}


def offered(browser: Browser, words: str) -> list[tuple[str, str]]:
    answer = browser.get("/links/complete/", query_string={"q": words}).response.json
    return [(item["title"], item["note"]) for item in answer["links"]]


def test_titles_complete_in_any_script(runtime: Runtime, as_: Enter) -> None:
    write(runtime, title="学习 Flask")
    write(runtime, title="Flask draft", published=False)
    write(runtime, title="Flask page", kind="page", published=False)
    own = [("学习 Flask", "")]
    assert offered(as_("Ben"), "flask") == [
        ("Flask page", "Page · Draft"),
        ("Flask draft", "Draft"),
        *own,
    ]
    assert (offered(as_("Cy"), "flask"), offered(as_("Con"), "学习")) == (own, own)
    assert as_("Dee").get("/links/complete/?q=x").status == 403


def test_warnings_name_what_visitors_do_not_see(runtime: Runtime, as_: Enter) -> None:
    public, draft, thrown = (
        write(runtime, title="Public"),
        write(runtime, title="Secret", published=False),
        write(runtime, title="Thrown"),
    )
    change(runtime, thrown, trash)
    path = f"/links/check/?ids={public},{draft},{thrown},99,{public},x"
    seen = {
        who: [
            (item["title"], item["warning"]) for item in as_(who).get(path).response.json["links"]
        ]
        for who in ("Ben", "Con")
    }
    assert seen["Ben"] == [
        ("Public", ""),
        ("Secret", "“Secret” is a draft: until it is public, visitors see no link."),
        ("Thrown", "“Thrown” is in the trash: visitors see no link."),
        ("", "Post 99 is gone: visitors see no link."),
    ]
    hidden = [("", f"Post {number} is not public: visitors see no link.") for number in (2, 3)]
    assert seen["Con"] == [seen["Ben"][0], *hidden, seen["Ben"][3]]


def test_preview_shows_links_as_visitors_get_them(runtime: Runtime, ben: Browser) -> None:
    write(runtime, title="Public", slug="public")
    write(runtime, title="Draft", published=False)
    sent = {"csrf_token": ben.token(), "body": "[a](post:1) [b](post:2)"}
    root = {"triptych.root": "/x"}
    html = ben.send("/page/preview/", sent, headers=JSON, environ_overrides=root).response.json
    told = "Visitors see this text without a link."
    assert html["html"] == (
        f'<p data-line="1"><a href="/x/page/public/">a</a> '
        f'<span class="lost-link" title="{told}">b</span></p>\n'
    )


def test_page_of_a_post_lists_what_links_to_it(runtime: Runtime, as_: Enter) -> None:
    target = write(runtime, "Con", title="Target")
    write(runtime, "Con", title="Own draft", body=f"[x](post:{target})")
    write(runtime, title="Ben’s draft", body=f"[x](post:{target})", published=False)
    shown = {who: as_(who).get(f"/page/edit/{target}/view/").page.text for who in ("Ben", "Con")}
    titles = {
        who: [t for t in ("Own draft", "Ben’s draft") if t in text] for who, text in shown.items()
    }
    assert titles == {"Ben": ["Own draft", "Ben’s draft"], "Con": ["Own draft"]}
