"""`flask lint`."""

import json

from shared.domain.site import Site, save_site
from tests.admin.content import write
from tests.cast import work_of

BARE = "Text\n\n![](/media/none.png)"


def test_nothing_to_mend_is_told(run, runtime):
    write(runtime, title="Morning")

    assert run("lint").output == "There is nothing to mend.\n"


def test_findings_are_told_as_compilers_do(run, runtime):
    number = write(runtime, title="Morning", body=BARE)
    write(runtime, title="Draft", body=BARE, published=False)
    result = run("lint")
    where, bare = f"post:{number}:3: warning", "The image /media/none.png has no alternative text."

    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            f"{where} image-alt: {bare} (Morning)",
            f"{where} broken-link: /media/none.png leads nowhere. (Morning)",
            "Found: 2 of level warning.",
        ],
    )
    assert run("lint", "--all").output.count("image-alt") == 2


def test_errors_end_with_1(run, runtime):
    number = write(runtime, title="Morning", body=BARE)
    with runtime.database.writing() as session:
        site = Site(check_image_alt="error", check_broken_link="off")
        save_site(site, work=work_of(session))
        session.commit()
    result = run("lint", "--post", str(number), "--json")

    assert (result.exit_code, json.loads(result.output)) == (
        1,
        {
            "kind": "post",
            "id": number,
            "title": "Morning",
            "rule": "image-alt",
            "level": "error",
            "line": 3,
            "field": "body",
            "message": "The image /media/none.png has no alternative text.",
        },
    )
