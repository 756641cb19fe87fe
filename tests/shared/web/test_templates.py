"""Templates call what they are given as Jinja's own environment does."""

import pytest
from flask import Flask
from jinja2 import (
    StrictUndefined,
    UndefinedError,
    pass_context,
    pass_environment,
    pass_eval_context,
)
from jinja2.environment import Environment

from shared.web.templates import Templates


class Thing:
    def method(self, *arguments, **named):
        return f"{arguments} {sorted(named.items())}"

    @pass_context
    def seeing(self, context, name):
        return context[name]

    def __call__(self, word):
        return f"called {word}"


def ends(*_):
    raise StopIteration


@pass_context
def sees_loop(context, name):
    return context[name]


@pass_environment
def is_strict(environment):
    return environment.undefined is StrictUndefined


@pass_eval_context
def escapes(evaluation):
    return evaluation.autoescape


GIVEN = {
    "thing": Thing(),
    "ends": ends,
    "sees_loop": sees_loop,
    "is_strict": is_strict,
    "escapes": escapes,
    "word": "<w>",
    "upper": str.upper,
}
SOURCES = [
    "{{ thing.method(1, word, key=word) }}",
    "{% for n in [1, 2] %}{{ thing.method(n, loop.index) }}{% endfor %}",
    "{% for n in [1, 2] %}{% set x = n %}{{ sees_loop('x') }}{{ thing.seeing('x') }}{% endfor %}",
    "{% block a scoped %}{{ thing.method(word) }}{{ thing('x') }}{% endblock %}",
    "{{ is_strict() }} {{ escapes() }} {{ upper(word) }} {{ range(3)|list }}",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}{{ m(word) }}{{ m(1, 3, 4) }}",
    "{% macro m() %}[{{ caller(word) }}]{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}",
    "{{ ends() is defined }}",
    "{% set space = namespace(n=0) %}{% set space.n = 2 %}{{ space.n }}{{ dict(a=1) }}",
]


@pytest.fixture
def app():
    return Flask("tests")


def render(environment, source):
    return environment.from_string(source).render(GIVEN)


@pytest.mark.parametrize("source", SOURCES)
def test_calls_give_what_jinja_gives(app, source):
    options = {"undefined": StrictUndefined, "autoescape": True}
    assert render(Templates(app, **options), source) == render(Environment(**options), source)


@pytest.mark.parametrize("source", ["{{ nothing() }}", "{{ thing.nothing() }}", "{{ ends() }}"])
def test_nothing_to_call_or_show_is_said(app, source):
    strict = Templates(app, undefined=StrictUndefined)
    with pytest.raises(UndefinedError):
        render(strict, source)
