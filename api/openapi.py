"""Writes the OpenAPI document anew: `python -m api.openapi`."""

from pathlib import Path

from api.document import render_document

if __name__ == "__main__":
    Path(__file__).with_suffix(".json").write_text(render_document(), encoding="utf-8")
