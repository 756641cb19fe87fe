from sqlalchemy import update

from shared.models import AuditEvent
from tests.admin.content import write
from tests.admin.lists import every_page, read_list
from tests.cast import work_of


def test_events_are_sentences_newest_first(as_, runtime):
    write(runtime, "Ben", title="A quiet morning")
    rows = read_list(as_("Ann"), "/audit/").rows

    assert [(row["Who"], row["What"]) for row in rows[:3]] == [
        ("Ann", "signed in"),
        ("Ben", "published “A quiet morning”"),
        ("Ben", "started “A quiet morning”"),
    ]


def test_import_is_told_as_a_sentence(as_, runtime):
    with runtime.database.writing() as session:
        work_of(session).record("import.finished", "import", "blog", created=3)
        session.commit()

    assert read_list(as_("Ann"), "/audit/").rows[1]["What"] == "imported “blog”"


def test_filters_narrow_by_action_actor_and_object(as_, runtime):
    ids = [write(runtime, "Ben", title=f"P{n}") for n in range(2)]
    write(runtime, "Cy", title="Of Cy")
    ann = as_("Ann")

    def found(query):
        return [row["What"] for row in read_list(ann, f"/audit/?{query}").rows]

    assert found("action=post.published&actor=user:2") == ["published “P1”", "published “P0”"]
    assert found(f"object=post:{ids[0]}") == ["published “P0”", "started “P0”"]
    assert found("actor=user:3&object=post") == ["published “Of Cy”", "started “Of Cy”"]
    assert len(found("actor=system")) == 5
    assert found("actor=user:x") == found("object=post:x") == []


def test_event_is_shown_whole(as_, runtime):
    write(runtime, "Ben", title="A quiet morning")
    ann = as_("Ann")
    text = ann.get("/audit/7/").page.text

    assert "post.published" in text
    assert '"slug": "a-quiet-morning"' in text


def test_nothing_can_be_changed(as_):
    ann = as_("Ann")
    token = ann.token()

    assert ann.send("/audit/", {"csrf_token": token}).status == 405
    assert ann.send("/audit/1/", {"csrf_token": token}).status == 405
    assert ann.get("/audit/new/").status == 404


def test_long_log_is_paged(as_, runtime):
    for number in range(15):
        write(runtime, title=f"P{number}", published=False)
    seen = [
        row["What"] for page in every_page(as_("Ann"), "/audit/?object=post") for row in page.rows
    ]

    assert seen == [f"started “P{number}”" for number in reversed(range(15))]


def test_whole_chain_is_checked_on_request(as_, runtime):
    write(runtime)
    ann = as_("Ann")
    assert "was not checked yet" in ann.get("/audit/verify/").page.text
    assert ann.send("/audit/verify/", {"csrf_token": ann.token()}).location == "/audit/verify/"
    assert "8 events were checked" in ann.get("/audit/verify/").page.text
    with runtime.database.writing() as session:
        session.execute(
            update(AuditEvent).where(AuditEvent.number == 3).values(actor_name="Mallory")
        )
        session.commit()
    ann.send("/audit/verify/", {"csrf_token": ann.token()})
    page = ann.get("/audit/verify/").page

    assert "The audit log was tampered with" in page.text
    assert "Event 3: the event was changed after it was written." in page.text
