"""An instance to keep files in, and a hand that uploads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.domain.media import upload
from shared.domain.work import Work
from shared.models import Media
from shared.runtime import Runtime
from tests.pictures import make_picture


@pytest.fixture
def instance(any_runtime: Runtime) -> Path:
    """The folder of the instance."""
    return any_runtime.settings.instance


@pytest.fixture
def put(instance: Path, work: Work) -> Callable[..., Media]:
    """Upload a picture, another for each size, unless told otherwise."""

    def put_(
        name: str = "门 photo.JPG", data: bytes | None = None, by: Work | None = None, **more: Any
    ) -> Media:
        size = more.pop("size", (64, 48))
        data = make_picture("jpeg", size) if data is None else data
        return upload(data, name, instance=instance, work=by or work, **more).media

    return put_
