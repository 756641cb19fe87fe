"""Files of a real Jekyll site, and the post that this project grew from."""

import pytest

from tests.admin.transfer.imports import JEKYLL, SEED, bring_in, counted, posts, redirects, told


@pytest.fixture
def jekyll(runtime):
    report = bring_in(runtime, JEKYLL)
    return report, posts(runtime)


def test_every_post_comes_in_with_its_old_address(jekyll, runtime):
    report, made = jekyll
    assert counted(report) == {"read": 12, "created": 12, "redirects": 13}
    assert set(redirects(runtime).values()) == set(made)
    assert {path: slug for path, slug in redirects(runtime).items() if "pre-beta1" in path} == {
        "/news/2019/08/04/jekyll-4-0-0-pre-beta1-released/": "jekyll-4-0-0-pre-beta1-released",
        "/news/2019/07/20/jekyll-4-0-0-pre-beta1-released/": "jekyll-4-0-0-pre-beta1-released",
    }
    assert "/news/2017/10/21/jekyll-3-6-2-released/" in redirects(runtime)


def test_report_names_what_is_left_and_nothing_else(jekyll):
    report, _ = jekyll
    assert told(report, "liquid") == told(report, "skipped") == told(report, "attributes") == []
    places = [text.split()[0].split("-", 3)[3] for text in told(report, "unresolved")]
    assert places == [
        "jekyll-1-0-0-released.markdown:21",
        "jekyll-1-0-0-released.markdown:22",
        "jekyll-1-0-1-released.markdown:26",
        *(f"jekyll-turns-2-0-0.markdown:{line}" for line in (12, 14, 15, 16, 17, 28)),
        "jekyll-stickers-1-dollar-stickermule.markdown:8",
        "jekyll-3-3-is-here.md:30",
        "jekyll-3-3-is-here.md:105",
        "diversity-open-source.markdown:24",
        "jekyll-3-6-2-released.markdown:16",
        "jekyll-3-7-2-released.md:27",
        "jekyll-3-7-2-released.md:65",
        "jekyll-4-0-0-pre-beta1-released.markdown:14",
        "jekyll-3-9-3-released.markdown:13",
        "jekyll-3-9-4-released.markdown:12",
    ]
    assert told(report, "unresolved")[9::9] == [
        (
            "_posts/2014-06-04-jekyll-stickers-1-dollar-stickermule.markdown:8 "
            "image not found: /img/jekyll-sticker.png"
        ),
        (
            "_posts/2023-12-28-jekyll-3-9-4-released.markdown:12 "
            "{% link _docs/history.md %}: there is no such file"
        ),
    ]


@pytest.mark.parametrize(
    ("slug", "part"),
    [
        ("jekyll-turns-2-0-0", "[jekyll-1]: /page/jekyll-1-0-0-released/\n"),
        (
            "jekyll-3-6-2-released",
            "[first\ncontribution to open-source](/page/diversity-open-source/)",
        ),
        ("jekyll-1-0-1-released", "[#1037]: https://github.com/jekyll/jekyll/issues/1037\n"),
        ("jekyll-1-5-1-released", '```ruby\n> sanitized_path("/tmp/foobar/jail"'),
        ("jekyll-3-3-is-here", '```liquid\n{{ "/docs/assets/" | relative_url }} => /myproject'),
        ("jekyll-3-9-4-released", "[the changelog](/docs/history/#v3-9-4)"),
        ("jekyll-4-0-0-pre-beta1-released", "prepend `{{ site.baseurl }}` ]("),
        ("jekyll-4-0-0-pre-beta1-released", "[`{% highlight %}` now behaves like `{% raw %}`]("),
        ("jekyll-3-7-2-released", "`{% post_url %}` or `{% link %}`"),
    ],
)
def test_what_only_jekyll_understands_is_converted(jekyll, slug, part):
    assert part in jekyll[1][slug].body


def test_dates_authors_categories_and_unknown_fields_come_in(jekyll):
    made = jekyll[1]["jekyll-3-9-3-released"]
    assert made.published_at.isoformat() == "2023-01-30T02:30:22+00:00"
    assert (made.byline, [category.path for category in made.categories]) == (
        "parkr",
        ["release"],
    )
    assert made.meta["version"] == "3.9.3"


def test_owners_post_comes_in_at_its_address_and_under_its_tag(runtime):
    report = bring_in(runtime, SEED)
    assert counted(report) == {"read": 1, "created": 1, "redirects": 1}
    [made] = posts(runtime).values()
    assert (made.slug, made.title, [tag.slug for tag in made.tags]) == (
        "flask学习",
        "flask学习",
        ["实习"],
    )
    assert redirects(runtime) == {"/2019/01/08/flask学习.html": "flask学习"}
    assert made.html.count('class="missing-image"') == 4
    assert "<td>不接受斜线</td>" not in made.html
    assert told(report, "unresolved")[0] == (
        "2019-01-08-flask学习.md:26 image on the writer's disk: "
        "E:\\yaolinxia\\workspace\\practice\\practice\\images\\flask\\微信截图_20190108090746.png"
    )
    assert [text.split(" ", 1)[1] for text in told(report, "liquid")] == [
        "{% if name %}  (in code)",
        "{{ name }}  (in code)",
        "{% else %}  (in code)",
        "{% endif %}  (in code)",
    ]
