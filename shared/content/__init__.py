"""Pure text: Markdown to safe HTML, slugs, links, excerpts, search tokens, diffs.

A leaf: it imports no other room and knows neither database nor web framework.
"""
