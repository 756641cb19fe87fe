"""Every act that the domain records is told as a sentence."""

import re
from pathlib import Path

import pytest

import shared.domain
from admin.sentences import ACTIONS, sentence
from shared.models import AuditEvent

RECORDED = re.compile(r'record\(\s*f?"([a-z]+\.[a-z_]+)"')
STORED = re.compile(r'_store\(\w+, "([a-z]+\.[a-z_]+)"')
MADE_UP = {"link.password_offered", "link.password_used", "link.setup_offered", "link.setup_used"}


def recorded():
    folder = Path(shared.domain.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    found = set(RECORDED.findall(text)) | set(STORED.findall(text)) | MADE_UP
    return {name for name in found if not name.startswith("link.{")}


def test_every_recorded_act_has_a_sentence():
    assert recorded() - {name for name, _ in ACTIONS} == set()


@pytest.mark.parametrize(
    ("action", "label", "told"),
    [
        ("post.published", "A quiet morning", "published “A quiet morning”"),
        ("user.signed_in", "Ann", "signed in"),
        ("post.trashed", "", "moved post to the trash"),
        ("media.resized", "x.png", "media resized “x.png”"),
    ],
)
def test_event_is_told(action, label, told):
    event = AuditEvent(action=action, object_label=label, object_kind="post")

    assert sentence(event) == told


def test_settings_are_called_as_their_pages_call_them(app):
    event = AuditEvent(
        action="settings.saved", object_label="posts_per_page, gone", object_kind="setting"
    )

    with app.test_request_context():
        assert sentence(event) == "changed the settings “Posts on a page, gone”"
    with app.test_request_context(headers={"Accept-Language": "zh"}):
        assert "每页" in sentence(event)
