"""The blueprint of the account and its rules."""

from flask import Blueprint

from shared.web import Routes

blueprint = Blueprint("account", __name__)
route = Routes("admin", blueprint)
