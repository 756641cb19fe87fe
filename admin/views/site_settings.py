"""The site's own settings."""

from flask import Blueprint

from shared.web import Routes

blueprint = Blueprint("site", __name__)
route = Routes("admin", blueprint)
