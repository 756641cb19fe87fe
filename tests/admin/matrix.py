"""Who may use which view, as a table.

Write it anew: python -m tests.admin.matrix > tests/admin/permission_matrix.txt
"""

from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import NumberConverter

from admin import create_app
from admin.access import EVERYONE, access_of
from shared.domain.permissions import ROLE_PERMISSIONS
from shared.models import ROLES
from shared.runtime import Runtime
from shared.settings import Settings

COMMITTED = Path(__file__).with_name("permission_matrix.txt")


def allowed(app: Flask, endpoint: str, role: str) -> bool:
    """Tell whether a role gets past the door of a view; verbs may still refuse an object."""
    needed = access_of(app.view_functions[endpoint])
    return needed == EVERYONE or not ROLE_PERMISSIONS[role].isdisjoint(needed)


def place(rule: Rule) -> str:
    """Return an address of a route, of an object that need not be there."""
    numbers = {name for name, kind in rule._converters.items() if isinstance(kind, NumberConverter)}
    parts = {name: 1 if name in numbers else "x" for name in rule.arguments}
    found = rule.build(parts)
    assert found is not None
    return found[1]


def rows(app: Flask) -> list[str]:
    """Return one line a route: endpoint, methods, roles, and the permissions (one is enough)."""
    lines = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        methods = "+".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        roles = " ".join(
            role[:6].ljust(6) if allowed(app, rule.endpoint, role) else "-     " for role in ROLES
        )
        needed = access_of(app.view_functions[rule.endpoint])
        told = needed if needed == EVERYONE else " | ".join(sorted(needed)) or "nobody"
        lines.append(f"{rule.endpoint:<20} {methods:<9} {roles}  {told}".rstrip())
    return lines


def table(app: Flask) -> str:
    """Return the whole table."""
    return "\n".join(rows(app)) + "\n"


if __name__ == "__main__":
    print(table(create_app(Runtime(Settings(secret_key="x" * 32)))), end="")  # noqa: T201 - its output is the file
