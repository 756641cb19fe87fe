"""Rendering: each page gets its frame and its head, and nothing reads the database meanwhile."""

from typing import Any

from flask import render_template

from frontend.frame import bare_frame, frame
from frontend.head import Head


def show(template: str, head: Head, **context: Any) -> str:
    """Render a page of the site."""
    return render_template(template, frame=frame(), head=head, **context)


def show_bare(template: str, head: Head, **context: Any) -> str:
    """Render a page that must come out even when the database is gone."""
    return render_template(template, frame=bare_frame(), head=head, **context)
