"""Small files and small functions (STYLE: median 80, p90 200, none over 350; functions p90 25)."""

import ast

from tests.guards.sources import lines, short, source, with_suffix


def quantile(values, part):
    return sorted(values)[int(len(values) * part)]


def longest(sizes):
    return dict(sorted(sizes.items(), key=lambda item: -item[1])[:8])


def test_python_files_are_short():
    sizes = {short(path): len(lines(path)) for path in source() if lines(path)}

    assert quantile(sizes.values(), 0.5) <= 80, longest(sizes)
    assert quantile(sizes.values(), 0.9) <= 200, longest(sizes)


def test_no_file_is_over_350_lines():
    written = with_suffix(".py", ".js", ".css")
    assert {short(path): len(lines(path)) for path in written if len(lines(path)) > 350} == {}


def test_functions_are_short():
    sizes = {
        f"{short(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in source()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert quantile(sizes.values(), 0.9) <= 25, longest(sizes)


def test_templates_are_at_most_100_lines():
    templates = [path for path in with_suffix(".html", ".xml", ".txt") if "templates" in path.parts]
    assert {short(path): len(lines(path)) for path in templates if len(lines(path)) > 100} == {}
