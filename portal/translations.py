"""Compile the translations (`python -m portal.translations`), or fail on an untranslated one (`--check`).

gettext's own tools are not needed to run the portal, so compiling goes through polib.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


def catalogues() -> list[Path]:
    """Return the message files of the project and of the plugin."""
    return sorted([*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("mentoring_reports/locale/*/LC_MESSAGES/*.po")])


def compile_catalogue(path: Path) -> None:
    """Write the `.mo` beside a `.po`, when the `.po` is newer."""
    target = path.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
        polib.pofile(str(path)).save_as_mofile(str(target))


def unfinished(path: Path) -> list[str]:
    """Return the entries without a translation, those that gettext only guessed, and those that would not format."""
    catalogue = polib.pofile(str(path))
    broken = [entry for entry in catalogue.translated_entries() if not _formats(entry)]
    return [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries(), *broken]]


def _formats(entry: polib.POEntry) -> bool:
    """Say whether the translation asks for nothing that the text does not give, and gives it in the same way."""
    given = {found for text in (entry.msgid, entry.msgid_plural or "") for found in PLACEHOLDER.findall(text)}
    return all(set(PLACEHOLDER.findall(text)) <= given for text in (entry.msgstr, *entry.msgstr_plural.values()))


def main(arguments: list[str]) -> int:
    """Compile everything; with `--check` fail on what is not translated."""
    problems = []
    for path in catalogues():
        compile_catalogue(path)
        problems += [f"{path.relative_to(ROOT)}: {msgid!r}" for msgid in unfinished(path)]
    if "--check" in arguments and problems:
        sys.stderr.write("\n".join(["Not translated:", *problems, ""]))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
