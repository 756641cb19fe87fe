"""`/api/`: the documentation, made from the contract, shown by Swagger UI."""

from flask import Blueprint, Response, render_template

from api.document import render_document
from shared.web import Routes

docs = Blueprint("docs", __name__, template_folder="templates")
route = Routes("api", docs)


@route("index")
def index() -> str:
    """Show the documentation; its script reads `openapi.json` beside this page."""
    return render_template("docs/index.html")


@route("openapi")
def openapi() -> Response:
    """Serve the OpenAPI document, the same for everyone."""
    response = Response(render_document(), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response
