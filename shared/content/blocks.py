"""Blocks with a look of their own: code, tables and task lists."""

from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from shared.content.highlight import MAX_PER_DOCUMENT, highlight, language_of
from shared.content.renderers import Env, add_renderer

_TO_DO: Final = ("[ ] ", "[ ]\u3000")
_DONE: Final = ("[x] ", "[X] ", "[x]\u3000", "[X]\u3000")


def plug_blocks(md: MarkdownIt) -> None:
    """Install the renderers and the rule for tasks."""
    add_renderer(md, "fence", _render_code)
    add_renderer(md, "code_block", _render_code)
    add_renderer(md, "table_open", _open_table)
    add_renderer(md, "table_close", _close_table)
    md.core.ruler.push("alignment", _align_by_class)
    md.core.ruler.push("tasks", _mark_tasks)
    add_renderer(md, "task", _render_task)


def _render_code(token: Token, env: Env) -> str:
    """Code can be scrolled, so the keyboard must be able to reach it."""
    env["code"] = env.get("code", 0) + len(token.content)
    language = language_of(token.info)
    attribute = f' class="language-{escape(language)}"' if language else ""
    line = f' data-line="{token.attrs["data-line"]}"' if "data-line" in token.attrs else ""
    code = highlight(token.content, language if env["code"] <= MAX_PER_DOCUMENT else "")
    return f'<pre tabindex="0"{line}><code{attribute}>{code}</code></pre>\n'


def _open_table(_token: Token, env: Env) -> str:
    label = escape(env["wording"].table)
    return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}">\n<table>\n'


def _close_table(_token: Token, _env: Env) -> str:
    return "</table>\n</div>\n"


def _align_by_class(state: StateCore) -> None:
    """Say the alignment of cells by class: the content security policy allows no style."""
    for token in state.tokens:
        if token.type in {"th_open", "td_open"}:
            style = str(token.attrs.pop("style", ""))
            if style:
                token.attrs["class"] = "align-" + style.removeprefix("text-align:")


def _mark_tasks(state: StateCore) -> None:
    """Replace `[ ]` and `[x]` at the start of a list item by a box that cannot be clicked."""
    tokens = state.tokens
    lists: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and _is_task(tokens, index):
            token.attrs["class"] = "task"
            lists[-1].attrs["class"] = "contains-task-list"
            _put_box(tokens[index + 2])


def _is_task(tokens: list[Token], index: int) -> bool:
    follower = tokens[index + 1 : index + 3]
    return [token.type for token in follower] == ["paragraph_open", "inline"] and (
        follower[1].content.startswith(_TO_DO + _DONE)
    )


def _put_box(inline: Token) -> None:
    children = inline.children or []
    if children and children[0].type == "text" and children[0].content.startswith("["):
        box = Token("task", "input", 0, meta={"done": inline.content.startswith(_DONE)})
        children[0].content = children[0].content[3:]
        children.insert(0, box)


def _render_task(token: Token, env: Env) -> str:
    done = token.meta["done"]
    label = escape(env["wording"].done if done else env["wording"].to_do)
    checked = ' checked=""' if done else ""
    return f'<input type="checkbox" disabled=""{checked} aria-label="{label}">'
