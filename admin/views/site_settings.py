"""The site's own settings."""

import json
from dataclasses import asdict, fields
from zoneinfo import available_timezones

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from admin.access import requires
from admin.acting import work
from admin.forms import Form, choices_of
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.site import LANGUAGES, Site, load_site, save_site
from shared.web import Routes, commit, session

blueprint = Blueprint("site", __name__)
route = Routes("admin", blueprint)

ZONES = sorted(available_timezones())
NAMES = {
    "en": "English",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
}


class SiteForm(Form):
    """What the site says of itself."""

    title = StringField("Title", [DataRequired("Give the site a title."), Length(max=100)])
    tagline = StringField("Tagline", [Length(max=500)])
    description = TextAreaField("Description", [Length(max=500)], render_kw={"rows": 3})
    language = SelectField(
        "Language", choices=choices_of((tag, NAMES.get(tag, tag)) for tag in LANGUAGES)
    )
    timezone = StringField(
        "Time zone",
        [DataRequired("Give a time zone.")],
        render_kw={"list": "zones", "autocomplete": "off"},
    )
    posts_per_page = IntegerField(
        "Posts on a page",
        [InputRequired("Give a number from 1 to 100.")],
        render_kw={"min": 1, "max": 100, "inputmode": "numeric"},
    )
    seen = HiddenField()

    def site(self) -> Site:
        """Return the settings as the form has them."""
        return Site(**{item.name: self[item.name].data for item in fields(Site)})


def as_json(site: Site) -> str:
    """Write down what the person is shown, so that only their own changes are saved."""
    return json.dumps(asdict(site))


def from_json(text: str) -> Site | None:
    """Read what the person was shown; None when the form does not say."""
    try:
        return Site(**json.loads(text))
    except (TypeError, ValueError):
        return None


@route("edit", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
def edit() -> ResponseReturnValue:
    """Show and change the site's settings."""
    stored = load_site(session())
    form = SiteForm(data={**asdict(stored), "seen": as_json(stored)})
    if form.validate_on_submit():
        try:
            save_site(form.site(), seen=from_json(form.seen.data), work=work())
        except Invalid as error:
            form.take_errors(error)
            form.seen.data = as_json(stored)
        else:
            commit()
            flash("The settings are saved.", "success")
            return redirect(url_for("site.edit"), 303)
    page = render_template("site/edit.html", form=form, zones=ZONES)
    return make_response(page, form.page_status)
