"""The site's own settings are checked, stored and recorded."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from shared.domain.errors import Forbidden, Invalid, NotFound
from shared.domain.site import Site, list_changes, load_site, put_back, save_site
from shared.domain.work import Work
from shared.models import AuditEvent
from tests.cast import Cast, work_of


def test_unsaved_settings_are_the_defaults(work: Work) -> None:
    assert load_site(work.session) == Site()


def test_saved_settings_come_back_and_only_changes_are_recorded(work: Work, cast: Cast) -> None:
    owner = work_of(work.session, cast.ann)
    site = Site(title="三联", timezone="Asia/Shanghai", posts_per_page=20)
    save_site(site, work=owner)
    save_site(site, work=owner)
    assert load_site(work.session) == site
    labels = select(AuditEvent.object_label).where(AuditEvent.action == "settings.saved")
    assert work.session.scalars(labels).all() == ["posts_per_page, timezone, title"]
    assert {
        change.name: (change.before, change.after) for change in list_changes(work.session)
    } == {
        "title": ("Triptych", "三联"),
        "timezone": ("UTC", "Asia/Shanghai"),
        "posts_per_page": (10, 20),
    }


def test_setting_is_put_back_to_what_it_was(work: Work, cast: Cast) -> None:
    owner = work_of(work.session, cast.ann)
    save_site(Site(title="三联"), work=owner)
    (change,) = list_changes(work.session)

    put_back(change.event.id, "title", work=owner)

    assert load_site(work.session) == Site()
    with pytest.raises(NotFound):
        put_back(change.event.id, "tagline", work=owner)


def test_change_that_an_early_version_noted_has_no_way_back(work: Work, cast: Cast) -> None:
    work.record("settings.saved", "setting", "title", title="The Hinge")

    (change,) = list_changes(work.session)

    assert (change.before, change.after, change.can_go_back) == (None, "The Hinge", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("tagline", "x" * 501),
        ("timezone", "Mars/Olympus"),
        ("language", "tlh"),
        ("posts_per_page", 0),
    ],
)
def test_bad_setting_names_its_field(work: Work, cast: Cast, field: str, value: object) -> None:
    with pytest.raises(Invalid) as caught:
        save_site(replace(Site(), **{field: value}), work=work_of(work.session, cast.ann))
    assert list(caught.value.errors) == [field]


def test_settings_are_for_owners(work: Work) -> None:
    with pytest.raises(Forbidden, match="settings:edit"):
        save_site(Site(), work=work)
