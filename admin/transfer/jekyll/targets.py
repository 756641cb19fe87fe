"""Where the links and images of one file lead: to a new page, a stored file, or nowhere."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from admin.transfer.jekyll.config import MARKDOWN, Config
from admin.transfer.jekyll.expressions import Value
from admin.transfer.jekyll.permalinks import file_address, same_page
from admin.transfer.jekyll.plan import Item, Plan
from admin.transfer.references import Reference
from admin.transfer.report import Report
from shared import media

_ON_DISK = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:", re.IGNORECASE)
_SAFE = "/!$&'*+,;=:@~"
_PAGES = frozenset({*MARKDOWN, ".html", ".htm"})
# What the new site answers by itself.
_OURS = frozenset({"/", "/feed.xml", "/rss.xml", "/sitemap.xml", "/archive", "/search", "/list"})


@dataclass
class Site:
    """The old site as a whole; `files` gathers what has to be stored, by its address."""

    folder: Path
    config: Config
    plan: Plan
    report: Report
    base_url: str = ""
    files: dict[str, Path] = field(default_factory=dict)


@dataclass
class Targets:
    """Resolves the addresses of one file and reports those that lead nowhere."""

    site: Site
    item: Item
    told: set[str] = field(default_factory=set)

    def variable(self, name: str) -> Value | None:
        """Return `site.<key>` or `page.<key>`: text, or a list of texts."""
        room, _, key = name.partition(".")
        if room == "site":
            return self.site.config.find(key)
        if room == "page" and key == "url":
            return self.item.path
        value = self.item.entry.front.get(key) if room == "page" else None
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return value
        return str(value) if isinstance(value, str | int | float) else None

    def post_url(self, name: str, line: int) -> str | None:
        """Return the new path of a post by its file's name."""
        found = self.site.plan.find_post_file(name)
        if found is None:
            self._tell(f"{{% post_url {name} %}}: there is no such post", line)
            return None
        return encode(found.path)

    def link(self, name: str, line: int) -> str | None:
        """Return the new path of a post or page, or the old one of any other file."""
        path = name.strip("/")
        found = self.site.plan.by_file.get(path)
        if found is not None:
            return encode(found.path)
        address = file_address(self.site.config, path)
        if not (self.site.folder / path).is_file():
            self._tell(f"{{% link {name} %}}: there is no such file", line)
            self.told.add(address)
        return encode(address)

    def resolve(self, reference: Reference, line: int) -> str:
        """Return the address that a link or image has from now on."""
        target = reference.target.strip()
        if not target or target.startswith("#") or "{{" in target or "{%" in target:
            return reference.target
        if _ON_DISK.match(target):
            self._tell(f"{_word(reference)} on the writer's disk: {target}", line)
            return reference.target
        parts = urlsplit(target)
        if (parts.scheme or parts.netloc) and not self._is_own(target):
            return reference.target
        tail = (f"?{parts.query}" if parts.query else "") + (
            f"#{parts.fragment}" if parts.fragment else ""
        )
        found = self._find(unquote(parts.path), reference, line)
        if found is not None:
            return found + tail
        return (
            reference.target if parts.netloc else self._elsewhere(parts.path, line, reference, tail)
        )

    def _find(self, path: str, reference: Reference, line: int) -> str | None:
        """Return the new address of a path of the old site, or of a file beside this one."""
        old = self._old_path(path)
        known = self.site.plan.by_address.get(same_page(old))
        if known is not None:
            return encode(known.path)
        if same_page(old) in _OURS or any(old == item.path for item in self.site.plan.items):
            return encode(old)
        for file in self._candidates(path, old):
            if item := self.site.plan.by_file.get(file.as_posix()):
                return encode(item.path)
            if (self.site.folder / file).is_file() and file.suffix.lower() not in _PAGES:
                return self._store(file, reference, line)
        return None

    def _old_path(self, path: str) -> str:
        here = self.item.entry.address or f"/{self.item.entry.path}"
        address = "/" + urljoin(here, path).lstrip("/")
        base = self.site.config.base
        inside = base and (address == base or address.startswith(f"{base}/"))
        return address[len(base) :] or "/" if inside else address

    def _candidates(self, path: str, old: str) -> list[Path]:
        """List the files that may be meant, relative to the site's folder and never outside it."""
        root = self.site.folder.resolve()
        beside = (self.site.folder / self.item.entry.path).parent / path
        places = [root / old.lstrip("/"), *([] if path.startswith("/") else [beside])]
        resolved = [place.resolve() for place in places if "\0" not in str(place)]
        return [place.relative_to(root) for place in resolved if place.is_relative_to(root)]

    def _store(self, file: Path, reference: Reference, line: int) -> str | None:
        full = self.site.folder / file
        try:
            address = media.address(_read(full), file.name)
        except media.MediaError as error:
            self._tell(f"{_word(reference)} not stored: {file.as_posix()} {error}", line)
            self.told.add(self._old_path(reference.target))
            return None
        self.site.files[address] = full
        return encode(address)

    def _elsewhere(self, path: str, line: int, reference: Reference, tail: str) -> str:
        """Leave what was not found at its old address, below the old site's if that was given."""
        old = self._old_path(unquote(path))
        if old not in self.told:
            self._tell(f"{_word(reference)} not found: {reference.target}", line)
        return self.site.base_url + encode(old) + tail

    def _is_own(self, target: str) -> bool:
        url = self.site.config.url
        return bool(url) and (target == url or target.startswith(f"{url}/"))

    def _tell(self, text: str, line: int) -> None:
        self.site.report.add("unresolved", self.item.entry.path, text, line=line)


def encode(path: str) -> str:
    """Percent-encode what cannot stand in a Markdown link; letters of all scripts can."""
    return "".join(char if char.isalnum() else quote(char, safe=_SAFE + "-._%") for char in path)


def _read(file: Path) -> bytes:
    if file.stat().st_size > media.MAX_BYTES:
        raise media.MediaError(f"has more than {media.MAX_BYTES:,} bytes")
    return file.read_bytes()


def _word(reference: Reference) -> str:
    return "image" if reference.is_image else "link"
