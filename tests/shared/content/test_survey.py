"""What stands in a text, and on which line."""

from shared.content.survey import Head, Image, Link, survey

TEXT = """# One

A [link](/a/) and
![a gate](/media/gate.png) on two lines, [](/empty/)

- item ![](/media/bare.png)

### Three

<figure>
<img src="/media/raw.png">
<img src="/media/plain.png" alt="">
</figure>

| a | b |
| --- | --- |
| [x](post:12) | ![](E:\\photos\\x.png) |

`![no](/code.png)` and \\![no](/escaped.png)
"""


def test_everything_is_found_with_its_line():
    found = survey(TEXT)

    assert found.headings == [Head(1, 1, "One"), Head(8, 3, "Three")]
    assert found.links == [
        Link(3, "/a/", "link"),
        Link(4, "/empty/", ""),
        Link(17, "post:12", "x"),
        Link(19, "/escaped.png", "no"),
    ]
    assert found.images == [
        Image(4, "/media/gate.png", "a gate"),
        Image(6, "/media/bare.png", None),
        Image(11, "/media/raw.png", None),
        Image(12, "/media/plain.png", ""),
        Image(17, "E:\\photos\\x.png", None),
    ]


def test_link_around_an_image_has_the_words_of_the_image():
    found = survey("[![a gate](/g.png)](/a/)")

    assert (found.links, found.images) == (
        [Link(1, "/a/", "a gate")],
        [Image(1, "/g.png", "a gate")],
    )
