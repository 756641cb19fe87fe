"""Addresses are remembered for the root that they were built for, and equal Flask's own."""

import pytest
from flask import url_for

from admin.addresses import address, row_url

ASKED = [
    ("dashboard.index", {}),
    ("page.index", {"tag": "a&b", "status": "draft"}),
    ("page.edit", {"id": 7, "saved": None}),
    ("page.edit", {"id": 8, "saved": "x"}),
    ("revisions.show", {"id": 7, "number": 2}),
]


@pytest.mark.parametrize("root", ["", "/admin", "/prefix/admin"])
def test_address_is_what_flask_builds(app, root):
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
        for _ in range(2):
            built = [address(endpoint, **parts) for endpoint, parts in ASKED]

            assert built == [url_for(endpoint, **parts) for endpoint, parts in ASKED]
        assert row_url("page.edit", 12) == url_for("page.edit", id=12)
        assert address("page.index").startswith(f"{root}/")
