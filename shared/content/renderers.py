"""How one kind of token becomes HTML, without markdown-it's five arguments."""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

Env = EnvType


def add_renderer(md: MarkdownIt, kind: str, render: Callable[[Token, Env], str]) -> None:
    """Let `render(token, env)` write every token of this kind."""

    def adapted(
        _renderer: RendererHTML,
        tokens: Sequence[Token],
        index: int,
        _options: OptionsDict,
        env: EnvType,
    ) -> str:
        return render(tokens[index], env)

    md.add_render_rule(kind, adapted)
