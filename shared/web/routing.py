"""Each app registers its rules from the one table of URLs that every app can read."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint

from shared.urls import MOUNTS, ROUTES

View = TypeVar("View", bound=Callable[..., Any])


class Routes:
    """The rules of one blueprint: its table is `shared.urls.ROUTES[app]`, endpoints `name.view`."""

    def __init__(self, app: str, blueprint: Blueprint) -> None:
        if app not in MOUNTS:
            raise KeyError(app)
        self._table = ROUTES[app]
        self._blueprint = blueprint

    def __call__(self, endpoint: str, **options: Any) -> Callable[[View], View]:
        """Register a view at the rule of its endpoint; options as Flask's `route` takes them."""
        rule = self._table[f"{self._blueprint.name}.{endpoint}"]

        def register(view: View) -> View:
            self._blueprint.add_url_rule(rule, endpoint, view, **options)
            return view

        return register
