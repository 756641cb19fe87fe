"""The import as a whole: read everything, plan, convert, and write it in one unit of work."""

from collections.abc import Callable
from pathlib import Path

from admin.transfer.jekyll import media, ours
from admin.transfer.jekyll.config import Config, load_config
from admin.transfer.jekyll.contents import convert_body
from admin.transfer.jekyll.entries import Entry, Unreadable, read_entry
from admin.transfer.jekyll.files import find_files
from admin.transfer.jekyll.plan import make_plan
from admin.transfer.jekyll.targets import Site
from admin.transfer.jekyll.writing import Writer
from admin.transfer.report import Report, TransferError
from shared.content.slugs import slugify
from shared.domain.work import Work

Progress = Callable[[int, int], None]


def import_site(
    folder: Path,
    *,
    instance: Path,
    work: Work,
    default_author: int | None = None,
    base_url: str = "",
    dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Bring a Jekyll site in; the caller commits, or does not and nothing has happened.

    Links to what is not found lead below `base_url`. A dry run stores no files, and its caller
    must not commit. Raises TransferError when there is nothing to import.
    """
    report = Report(str(folder))
    config = load_config(folder)
    entries = read_entries(folder, config, report)
    plan = make_plan(entries, config, session=work.session, report=report)
    site = Site(folder, config, plan, report, base_url.rstrip("/"))
    if config.is_ours:
        ours.restore_taxonomy(folder, report, work=work)
        site.files |= ours.find_media(folder, media.lasting_names(folder, report), report)
    writer = Writer(site, work, default_author)
    # Translations last, so that what they are translations of is there.
    ordered = sorted(plan.items, key=lambda item: ours.is_translation(item.entry.front))
    for done, item in enumerate(ordered, start=1):
        writer.write(item, convert_body(item, site))
        progress(done, len(plan.items))
    _tell_meeting_names(entries, report)
    report.counts["media"] = len(site.files)
    if not dry_run:
        if config.is_ours:
            report.counts["media"] += media.restore_media(folder, instance, report, work=work)
        media.keep_files(site.files, instance, work=work)
        media.note_uses((item.post for item in plan.items), work=work)
    if any(report.counts[name] for name in ("created", "updated", "redirects")):
        counts = {name: number for name, number in report.counts.items() if number}
        work.record("import.finished", "import", folder.resolve().name, **counts)
    return report


def read_entries(folder: Path, config: Config, report: Report) -> list[Entry]:
    """Read every file that may come in; raises TransferError when there is none."""
    entries = []
    for found in find_files(folder, config, report):
        try:
            entry = read_entry(folder, found, config)
        except Unreadable as error:
            report.counts["read"] += 1
            report.skip(found.path, str(error), line=error.line)
            continue
        if entry is not None:
            report.counts["read"] += 1
            entries.append(entry)
    if not report.counts["read"]:
        raise TransferError(f"{folder} holds no posts: no _posts folder, and no dated files")
    return entries


def _tell_meeting_names(entries: list[Entry], report: Report) -> None:
    """Name tags and categories of different names that have one address here, as C and C++."""
    for word in ("tags", "categories"):
        meeting: dict[str, dict[str, str]] = {}
        for entry in entries:
            for name in getattr(entry, word):
                meeting.setdefault(slugify(name), {}).setdefault(name.casefold(), name)
        for slug, names in meeting.items():
            if len(names) > 1:
                listed = ", ".join(sorted(names.values()))
                report.add("taxonomy", word, f"{listed} have one address here: {slug}")
