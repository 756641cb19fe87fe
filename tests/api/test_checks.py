"""What there is to mend in a text, asked by a client."""

from tests.api.calls import refused

BARE = "Text\n\n![](/media/none.png)"


def test_checks_name_rule_level_and_line(writer):
    made = writer.post("/v1/posts", title="Morning", markdown=BARE)
    answer = writer.get(f"/v1/posts/{made.get_json()['id']}/checks")

    assert (answer.status_code, answer.get_json()) == (
        200,
        {
            "items": [
                {
                    "rule": "image-alt",
                    "level": "warning",
                    "message": "The image /media/none.png has no alternative text.",
                    "line": 3,
                    "field": "markdown",
                },
                {
                    "rule": "broken-link",
                    "level": "warning",
                    "message": "/media/none.png leads nowhere.",
                    "line": 3,
                    "field": "markdown",
                },
            ]
        },
    )


def test_checks_need_the_scope_and_a_post(api, writer):
    assert refused(api.get("/v1/posts/1/checks")) == (401, 1005)
    assert refused(writer.get("/v1/posts/99/checks")) == (404, 1001)
