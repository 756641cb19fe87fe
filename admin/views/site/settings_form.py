"""The form of a group of settings, made from what the options say of themselves."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from admin.forms import ChecklistField, Form, choices_of
from admin.languages import later, told
from shared.domain.menu_options import MenuOption, all_items
from shared.domain.options import (
    ChoiceOption,
    FlagOption,
    NumberOption,
    Option,
    SeveralOption,
    TextOption,
    ZoneOption,
)
from shared.domain.site import OPTIONS, Site


class SettingsForm(Form):
    """The settings of one group; `seen` is what the person was shown."""

    names: tuple[str, ...] = ()
    seen = HiddenField()

    @property
    def values(self) -> dict[str, Any]:
        """The settings as the form has them."""
        return {name: _tidy(OPTIONS[name], self[name].data) for name in self.names}

    @property
    def known(self) -> dict[str, Any]:
        """The settings that the person was shown, of those that the form says."""
        try:
            values = json.loads(self.seen.data)
            return {name: OPTIONS[name].restore(values[name]) for name in self.names}
        except (KeyError, TypeError, ValueError):
            return {}

    def remember(self, site: Site) -> None:
        """Write down what the person is shown, so that only their own changes are saved."""
        self.seen.data = json.dumps({name: getattr(site, name) for name in self.names})


@cache
def form_of(group: str) -> type[SettingsForm]:
    """Return the class of the form of a group."""
    names = tuple(name for name, option in OPTIONS.items() if option.group == group)
    made = {name: _field(OPTIONS[name]) for name in names}
    return type("GroupForm", (SettingsForm,), {"names": names, **made})


def fill(group: str, site: Site) -> SettingsForm:
    """Return a group's form as it was posted, else with the settings as they are."""
    kind = form_of(group)
    form = kind(data={name: getattr(site, name) for name in kind.names})
    if not form.is_submitted():
        form.remember(site)
    return form


def words_of(name: str, value: Any) -> str:
    """Return a setting's value in words."""
    option = OPTIONS.get(name)
    if isinstance(option, MenuOption):
        return ", ".join(item.label or item.target for item in all_items(option.restore(value)))
    if isinstance(option, ChoiceOption):
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(told(option.choices.get(item, item)) for item in chosen)
    return str(_YES if value is True else _NO if value is False else value)


_YES, _NO = _l("yes"), _l("no")


def _tidy(option: Option, value: Any) -> Any:
    if isinstance(option, SeveralOption):
        return option.restore(value or ())
    return value.strip() if isinstance(value, str) else value


def _field(option: Option) -> Field:
    make = next(maker for kind, maker in _MAKERS if isinstance(option, kind))
    return make(option)


def _text(option: TextOption) -> Field:
    if option.lines > 1:
        return TextAreaField(
            later(later(option.title)), render_kw={"rows": option.lines, "maxlength": option.most}
        )
    return StringField(later(option.title), render_kw={"maxlength": option.most})


def _number(option: NumberOption) -> Field:
    bounds = {"min": option.least, "max": option.most, "inputmode": "numeric"}
    said = option.refuse(None) or ""
    return IntegerField(later(option.title), [InputRequired(later(said))], render_kw=bounds)


def _several(option: SeveralOption) -> Field:
    return ChecklistField(later(option.title), choices=_lines(option))


def _choice(option: ChoiceOption) -> Field:
    return SelectField(later(option.title), choices=_lines(option))


def _lines(option: ChoiceOption) -> Callable[[], list[Any]]:
    return lambda: choices_of((value, told(words)) for value, words in option.choices.items())


def _zone(option: ZoneOption) -> Field:
    return StringField(later(option.title), render_kw={"list": "zones", "autocomplete": "off"})


def _flag(option: FlagOption) -> Field:
    return BooleanField(later(option.title))


_MAKERS: tuple[tuple[type[Option], Callable[[Any], Field]], ...] = (
    (TextOption, _text),
    (NumberOption, _number),
    (SeveralOption, _several),
    (ChoiceOption, _choice),
    (ZoneOption, _zone),
    (FlagOption, _flag),
)
