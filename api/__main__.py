"""Prints the OpenAPI document: `python -m api > api/openapi.json`."""

import sys

from api.openapi import render_document

sys.stdout.write(render_document())
