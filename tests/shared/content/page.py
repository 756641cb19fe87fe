"""What a browser would make of HTML: its elements with attributes, and how deep they nest."""

from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "source", "track", "wbr"}


class Page(HTMLParser):
    """Collects start tags; `depth` is the deepest nesting, `errors` the tags that do not match."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.depth, self.errors, self.open, self.other = [], 0, [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.depth = max(self.depth, len(self.open))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.errors.append(tag)

    def handle_comment(self, data):
        self.other.append(data)

    def handle_decl(self, decl):
        self.other.append(decl)

    def handle_pi(self, data):
        self.other.append(data)
