"""`make words`: bring the console's catalogues to what the code says, and show what is missing."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "admin" / "translations"
LOCALES: Final = ("zh_Hans",)
# The rooms that speak to a person of the console, with the kinds of files that do.
SOURCES: Final = {
    "admin": [("templates/**.html", "jinja2"), ("**.py", "python")],
    "shared/domain": [("**.py", "python")],
    "shared/content": [("**.py", "python")],
}
WORDS: Final[dict[str, Any]] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "say": None,
}
HEADER: Final = "# The console's words; `make words` keeps it, translators fill in msgstr."
# A catalogue has no need of the time: two branches that add words do not conflict over it.
NO_TIME: Final = datetime(2026, 12, 1, tzinfo=UTC)


def collect(root: Path = ROOT) -> Catalog:
    """Return every message that the code and the templates hold."""
    found = Catalog(project="Triptych", creation_date=NO_TIME)
    for folder, kinds in SOURCES.items():
        place = root / folder
        for name, _, message, comments, context in extract_from_dir(
            place, kinds, keywords=WORDS, strip_comment_tags=True
        ):
            found.add(message, None, [(f"{folder}/{name}", 0)], (), comments, context=context)
    return found


def read(locale: str, folder: Path = FOLDER) -> Catalog:
    """Return a language's catalogue as it stands, an empty one where there is none."""
    path = _path(locale, folder)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(locale: str, found: Catalog, folder: Path = FOLDER) -> Catalog:
    """Bring a catalogue to what was found: new messages are empty, those that ended are gone."""
    kept = read(locale, folder)
    kept.update(found, no_fuzzy_matching=True, update_header_comment=False)
    kept.header_comment, kept.fuzzy = HEADER, False
    kept.project, kept.version, kept.msgid_bugs_address = "Triptych", "console", ""
    kept.last_translator = kept.language_team = ""
    kept.creation_date = kept.revision_date = NO_TIME
    path = _path(locale, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, 100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return read(locale, folder)


def compile_all(folder: Path = FOLDER) -> int:
    """Write the form that the console reads beside each catalogue; return how many were made."""
    made = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        half = target.with_suffix(".half")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(target)
        made += 1
    return made


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that have no words, or not surely the right ones."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def _path(locale: str, folder: Path) -> Path:
    return folder / locale / "LC_MESSAGES" / "messages.po"


def main() -> int:
    """Update and compile every catalogue; 1 while something is not translated."""
    found, missing = collect(), 0
    for locale in LOCALES:
        empty = untranslated(update(locale, found))
        missing += len(empty)
        print(f"{locale}: {len(found)} messages, {len(empty)} without a translation")
        print(*(f"  {line}" for line in empty), sep="\n")
    compile_all()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
