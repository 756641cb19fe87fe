import pytest

from admin.transfer.jekyll.liquid import Names, fill_in
from admin.transfer.lines import join

KNOWN = {
    "site.repository": "https://example.org/repo",
    "site.url": "https://example.org",
    "page.words": ["find it", "look"],
}
NAMES = Names(
    variable=KNOWN.get,
    post_url=lambda name, _: f"/page/{name[11:]}/" if name.startswith("2019-01-08-") else None,
    link=lambda path, _: f"/linked/{path}" if path.startswith("_posts/") else None,
    base="/blog",
    url="https://example.org",
)


def text_of(source: str) -> str:
    lines, left = fill_in(source, 1, NAMES)
    assert left == []
    return join(lines)


def left_of(source: str, first: int = 1) -> list[tuple[int, str]]:
    lines, left = fill_in(source, first, NAMES)
    assert join(lines) == source
    return [tuple(tag) for tag in left]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("no tags, {one: brace} and 100%}", "no tags, {one: brace} and 100%}"),
        ("{{ site.repository }}/issues", "https://example.org/repo/issues"),
        ("`{{site.repository}}`", "`https://example.org/repo`"),
        ("[a]({% post_url 2019-01-08-flask学习 %})", "[a](/page/flask学习/)"),
        ("[a]({% link _posts/x.md %}#b)", "[a](/linked/_posts/x.md#b)"),
        ("[a]({% link\n_posts/x.md %})", "[a](/linked/_posts/x.md)"),
        ("{% raw %}{{ name }}{% endraw %}", "{{ name }}"),
        ("{%- raw -%}\n{% include x %}\n{%- endraw -%}", "{% include x %}\n"),
        ("`{% raw %}{% raw %}{% endraw %}`", "`{% raw %}`"),
        ("a{% comment %} not -- shown {% endcomment %}b", "a<!-- not - - shown -->b"),
        ('{{ "/docs/" | relative_url }}', "/blog/docs/"),
        ("{{ '/docs/' | absolute_url }}", "https://example.org/blog/docs/"),
        ("{{ 'https://a.example/' | relative_url }}", "https://a.example/"),
        ("{{ 'b' | prepend: 'a' | append: site.url | upcase }}", "ABHTTPS://EXAMPLE.ORG"),
        ("{{ 'A b' | slugify }}{{ ' X ' | strip | downcase }}", "a-bx"),
        ("{% assign w = 'a,b' | split: ',' %}{{ w | join: '+' }}", "a+b"),
        ("{% assign w = '1|2' | split: '|' %}{% for i in w %}[#{{ i }}]{% endfor %}.", "[#1][#2]."),
        (
            "{% for w in page.words %}{% assign s = w | slugify %}{{ s }};{% endfor %}",
            "find-it;look;",
        ),
    ],
)
def test_what_can_be_known_is_filled_in(source, text):
    assert text_of(source) == text


@pytest.mark.parametrize(
    "tag",
    [
        "{{ page.unknown }}",
        "{{ 'a' | reverse }}",
        "{{ 'a' | append: unknown }}",
        "{{ page.words }}",
        "{{ 'a' 'b' }}",
        "{% include figure.html src='a' %}",
        "{% post_url 1999-01-01-x %}",
        "{% assign x = unknown %}",
        "{% raw %}",
        "{% comment %}",
        "{% endhighlight %}",
        "{% endfor %}",
    ],
)
def test_what_cannot_be_known_stays_and_is_named(tag):
    assert left_of(f"one\n{tag} two", first=7) == [(8, tag)]


def test_loop_with_something_unknown_inside_stays_whole():
    source = "{% for i in page.words %}\n{{ i }} {% include i %}\n{% endfor %}"
    assert left_of(source) == [
        (1, "{% for i in page.words %}"),
        (2, "{{ i }}"),
        (2, "{% include i %}"),
        (3, "{% endfor %}"),
    ]


def test_loop_that_is_not_closed_stays():
    assert left_of("{% for i in page.words %} a") == [(1, "{% for i in page.words %}")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "{% highlight ruby %}\nputs 1\n{% endhighlight %}",
            "```ruby\nputs 1\n```",
        ),
        (
            "{% highlight c++ linenos %}\n{% raw %}{{ x }}{% endraw %}\n{% endhighlight %}\nand",
            "```c++\n{{ x }}\n```\nand",
        ),
        (
            "a {% highlight js %}x = 1{% endhighlight %} b",
            "a \n```js\nx = 1\n```\n b",
        ),
        (
            "{% highlight md %}\n````\n```a```\n````\n{% endhighlight %}",
            "`````md\n````\n```a```\n````\n`````",
        ),
        (
            "- a\n  {% highlight sh %}\n  ls\n  {% endhighlight %}",
            "- a\n  ```sh\n  ls\n  ```",
        ),
    ],
)
def test_highlight_becomes_a_fence_longer_than_any_inside(source, text):
    assert text_of(source) == text


def test_highlight_that_is_not_closed_stays():
    assert left_of("x\n{% highlight ruby %}\nputs") == [(2, "{% highlight ruby %}")]


def test_lines_know_where_they_come_from():
    source = (
        "one\n{% raw %}\ntwo\n{% endraw %}\n{% comment %}\nx\n{% endcomment %}\nthree {{ 'a' }}"
    )
    lines, _ = fill_in(source, 10, NAMES)
    assert [(line.number, line.text) for line in lines if line.text] == [
        (10, "one"),
        (12, "two"),
        (14, "<!-- x -->"),
        (17, "three a"),
    ]
