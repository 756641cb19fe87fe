"""Answers to scripts of the console's own pages, which say that they take JSON."""

from typing import Any

from flask import jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from admin.forms import Form


def wants_json() -> bool:
    """Tell whether a script asks: browsers' own requests take HTML first."""
    wanted = request.accept_mimetypes
    return wanted.best_match(["text/html", "application/json"]) == "application/json"


def answer_json(
    told: dict[str, Any], status: int = 200, *, retry_after: int | None = None
) -> ResponseReturnValue:
    """Answer a script, and give it the token that its next form needs."""
    response = make_response(jsonify({**told, "csrf_token": generate_csrf()}), status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def refuse(form: Form, status: int, *, retry_after: int | None = None) -> ResponseReturnValue:
    """Tell a script what is wrong with its form, by field; the form as a whole has the name ""."""
    wrong = {name or "": [str(said) for said in errors] for name, errors in form.errors.items()}
    return answer_json({"errors": wrong}, status, retry_after=retry_after)
