"""Compile the translations (`python -m portal.translations`), or fail on an untranslated one (`--check`).

gettext's own tools are not needed to run the portal, so compiling goes through polib.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def catalogues() -> list[Path]:
    """Return the message files of the project and of the plugin."""
    return sorted([*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("mentoring_reports/locale/*/LC_MESSAGES/*.po")])


def compile_catalogue(path: Path) -> None:
    """Write the `.mo` beside a `.po`, when the `.po` is newer."""
    target = path.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
        polib.pofile(str(path)).save_as_mofile(str(target))


def unfinished(path: Path) -> list[str]:
    """Return the entries without a translation, and those that gettext only guessed."""
    catalogue = polib.pofile(str(path))
    return [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]]


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
