"""The tables of URLs and what the apps really serve are the same, both ways."""

import importlib

import pytest
from werkzeug.routing import Rule
from werkzeug.routing.converters import NumberConverter

from shared.runtime import Runtime
from shared.urls import MOUNTS, ROUTES, path_to


def is_number(rule: Rule, name: str) -> bool:
    return isinstance(rule._converters[name], NumberConverter)


@pytest.mark.parametrize("app_name", MOUNTS)
def test_app_serves_exactly_its_table(runtime: Runtime, app_name: str) -> None:
    app = importlib.import_module(app_name).create_app(runtime)
    served = sorted((rule.endpoint, rule.rule) for rule in app.url_map.iter_rules())
    assert served == sorted(ROUTES[app_name].items())


@pytest.mark.parametrize("app_name", MOUNTS)
def test_links_of_the_table_lead_to_their_views(runtime: Runtime, app_name: str) -> None:
    app = importlib.import_module(app_name).create_app(runtime)
    parts = {
        "slug": "flask学习 & more", "path": "新闻/a b/c~d", "year": 2026, "number": 7, "id": 12,
        "token": "a-b_c", "filename": "css/a.css",
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        own = {
            name: parts.get(name, 9 if is_number(rule, name) else "b c") for name in rule.arguments
        }
        with app.test_request_context(environ_overrides={"SCRIPT_NAME": MOUNTS[app_name]}):
            assert path_to(app_name, rule.endpoint, **own) == app.url_for(rule.endpoint, **own)
