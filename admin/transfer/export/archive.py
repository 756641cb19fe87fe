"""The archive as a whole, written while it is read: texts of one moment, then media, a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from admin.transfer.export import sitewide
from admin.transfer.export.documents import folder_and_name, write_document
from admin.transfer.export.files import MediaFile, shown_media, walk_media
from admin.transfer.export.lasting import Lasting
from admin.transfer.export.paths import Paths, is_safe
from admin.transfer.export.report import ABOUT, Report
from admin.transfer.export.rows import Version, read_versions
from admin.transfer.export.scope import Scope
from admin.transfer.export.zipping import GrowingZip
from shared.domain.permissions import Permission
from shared.domain.site import Site, load_site
from shared.domain.work import Work
from shared.runtime import Runtime

Progress = Callable[[int], None]
FOLDERS = {"_posts": "posts", "_drafts": "drafts", "pages": "pages", "working": "working"}


def begin(scope: Scope, *, work: Work) -> None:
    """Put on record that everything goes out; its caller commits, and only then writes it."""
    work.require(Permission.CONTENT_EXPORT)
    said = [name for name in ("media", "drafts") if not getattr(scope, name)]
    label = f"everything but {' and '.join(said)}" if said else "everything"
    work.record("content.exported", "site", label, media=scope.media, drafts=scope.drafts)


def write_archive(
    runtime: Runtime,
    scope: Scope,
    report: Report,
    *,
    progress: Progress = lambda _done: None,
) -> Iterator[bytes]:
    """Yield the ZIP as it grows; `report` fills on the way.

    All texts are read in one transaction that only reads, so they are of one moment. It keeps no
    writer waiting, and it ends before the media, which are never changed, only added.
    """
    writing = _Writing(runtime, scope, report, runtime.clock(), progress)
    with runtime.database.reading() as session:
        yield from writing.texts(session)
    yield from writing.media()
    yield from writing.zip.add("REPORT.txt", f"{ABOUT}\n{report.as_text()}\n")
    yield writing.zip.finish()


@dataclass
class _Writing:
    runtime: Runtime
    scope: Scope
    report: Report
    now: datetime
    progress: Progress
    paths: Paths = field(default_factory=Paths)
    shown: set[str] = field(default_factory=set)
    lasting: Lasting = field(default_factory=Lasting)
    done: int = 0

    def __post_init__(self) -> None:
        self.zip = GrowingZip(self.now)

    def texts(self, session: Session) -> Iterator[bytes]:
        """Write the files of the site as a whole, then each post."""
        site = load_site(session)
        yield from self._site_files(session, site)
        yield self.zip.take()  # at once: whoever waits sees that it began
        for version in read_versions(session, self.scope, self.now):
            yield from self._post(version, site.zone)

    def _site_files(self, session: Session, site: Site) -> Iterator[bytes]:
        scope, now = self.scope, self.now
        yield from self.zip.add("_config.yml", sitewide.write_config(site))
        url = self.runtime.settings.site_url
        yield from self.zip.add("site.yaml", sitewide.write_site(site, url, now))
        yield from self.zip.add("categories.yaml", sitewide.write_categories(session))
        self.lasting = Lasting.load(session)
        yield from self.zip.add("media.yaml", sitewide.write_media(session))
        yield from self.zip.add("tags.yaml", sitewide.write_tags(session, scope, now))
        yield from self.zip.add("authors.yaml", sitewide.write_authors(session, scope, now))
        lines = sitewide.redirect_lines(session, scope, now, self.report)
        yield from self.zip.add_pieces("redirects.csv", lines)

    def _post(self, version: Version, zone: ZoneInfo) -> Iterator[bytes]:
        folder, name = folder_and_name(version, zone)
        path = self.paths.give(folder, name)
        text = write_document(version, zone, self.now)
        self._note_media(path, text)
        yield from self.zip.add(path, text, version.updated_at)
        self.report.counts[FOLDERS[folder]] += 1
        self._step()

    def _note_media(self, path: str, text: str) -> None:
        """Name shown files that are not there, and know those that go out."""
        for shown in sorted(shown_media(text)):
            if not self.scope.drafts:
                self.shown.add(shown)
            place = self.lasting.files.get(shown, shown)
            if not (self.runtime.settings.instance / "media" / place).is_file():
                self.report.miss(f"{path}: /media/{shown}")

    def media(self) -> Iterator[bytes]:
        """Write the media; without drafts only what the texts that went out show."""
        if not self.scope.media:
            return
        for file in walk_media(self.runtime.settings.instance):
            for name in self.lasting.names(file.path, self.shown):
                if self.scope.drafts or name in self.shown:
                    yield from self._medium(file, name)

    def _medium(self, file: MediaFile, name: str) -> Iterator[bytes]:
        path = f"media/{name}"
        if not is_safe(path):
            self.report.miss(f"{path!r}: its name cannot stand in an archive")
            return
        pieces, stored = self._read(file, path), file.is_packed
        yield from self.zip.add_pieces(path, pieces, at=file.at, size=file.size, stored=stored)
        self._step()

    def _read(self, file: MediaFile, path: str) -> Iterator[bytes]:
        """Yield a file's bytes as far as they can be read."""
        try:
            for piece in file.pieces():
                self.report.counts["media_bytes"] += len(piece)
                yield piece
        except OSError as error:
            self.report.miss(f"{path}: {error.strerror}")
        else:
            self.report.counts["media"] += 1

    def _step(self) -> None:
        self.done += 1
        self.progress(self.done)
