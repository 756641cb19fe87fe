"""The three applications behind dispatcher and gate, on an instance with content."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from admin.transfer import welcome
from dispatcher import Triptych, compose
from shared.domain.clients import register_client
from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.posts import save_post, schedule, trash
from shared.domain.redirects import save_redirect
from shared.domain.site import load_site, save_site
from shared.models import Redirect
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import SECRET, Cast, Clock, make_content, make_post, work_of
from tests.whole.asking import Visitor, sign_in

OPEN = CommentOptions(comments_open=True, comments_moderation="none")


@pytest.fixture(scope="session")
def filled_folder(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the cast, the welcome set and a post in every state."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    folder.mkdir()
    shutil.copy(template_file, folder / "triptych.sqlite3")
    runtime = Runtime(Settings(instance=folder, secret_key=SECRET), Clock())
    welcome.load(runtime)
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ann, runtime.clock())
        save_site(replace(load_site(session), comments_open=True), work=work)
        post = make_post(work, title="Changed", slug="changed", tags=("实习",))
        receive(Said(name="Vi", body="Well said."), post, OPEN, work=work)
        save_post(post, make_content(title="Changed since"), version=None, work=work)
        make_post(work, title="Draft", published=False)
        later = make_post(work, title="Later", published=False)
        schedule(later, work.at.replace(year=2099), version=None, work=work)
        trash(make_post(work, title="Gone"), version=None, work=work)
        save_redirect(Redirect(path="/old.html", status=301, target="/page/changed/"), work=work)
        terms = {"name": "Weather", "contact": "", "secret": None, "scopes": ["posts:read"]}
        register_client(**terms, type="service", work=work)
        session.commit()
    runtime.database.close()
    return folder


@pytest.fixture
def filled(filled_folder: Path, settings: Settings, clock: Clock) -> Iterator[Runtime]:
    """A runtime on a copy of the filled instance."""
    shutil.copytree(filled_folder, settings.instance)
    runtime = Runtime(settings, clock)
    yield runtime
    runtime.database.close()


@pytest.fixture
def whole(filled: Runtime) -> Triptych:
    """What gunicorn serves."""
    return compose(filled)


@pytest.fixture
def visitor(whole: Triptych) -> Visitor:
    """Somebody with a cookie jar and no account."""
    return Visitor(whole)


@pytest.fixture
def ann(whole: Triptych) -> Visitor:
    """The owner, signed in."""
    visitor = Visitor(whole)
    sign_in(visitor)
    return visitor
