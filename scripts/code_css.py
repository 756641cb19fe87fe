"""Writes the site's colours for code, light and dark: `python -m scripts.code_css`."""

from pathlib import Path
from textwrap import indent

from shared.content.highlight import highlight_css

TARGET = Path(__file__).parent.parent / "frontend" / "static" / "css" / "code.css"
HEAD = (
    "/* Written by scripts/code_css.py: change shared/content/highlight.py and run that again. */"
)


def code_css() -> str:
    """Return the stylesheet: dark by the reader's system, unless the reader chose otherwise."""
    dark = indent(highlight_css(dark=True), "    ")
    return "\n".join(
        [
            HEAD,
            highlight_css(dark=False),
            "@media screen and (prefers-color-scheme: dark) {",
            '  :root:not([data-theme="light"]) {',
            f"{dark}  }}",
            "}",
            "",
            "@media screen {",
            '  :root[data-theme="dark"] {',
            f"{dark}  }}",
            "}",
            "",
        ]
    )


if __name__ == "__main__":
    TARGET.write_text(code_css(), encoding="utf-8")
    print(f"wrote {TARGET}")
