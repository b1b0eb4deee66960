"""Which files make up a glossary. Kept light: it runs at every start of the command."""

from __future__ import annotations

import os

from normalizer.errors import UsageError

SHIPPED = "shipped"
ENDINGS = (".yaml", ".yml", ".json")


def shipped_path() -> str:
    """Return the folder of the glossary that comes with the package."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "_shipped")
    return (
        installed
        if os.path.isdir(installed)
        else os.path.join(os.path.dirname(package), "glossary")
    )


def glossary_files(root: str) -> list[str]:
    """Return the files of a glossary in order: the file itself, or those of a folder.

    Hidden files and folders are left out. Raises ``UsageError`` when there is none.
    """
    if os.path.isfile(root):
        return [root]
    if not os.path.isdir(root):
        raise UsageError(
            f"{root}: no such glossary; give a YAML or JSON file, a folder, or the word shipped"
        )
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            os.path.join(folder, name)
            for name in names
            if name.endswith(ENDINGS) and not name.startswith(".")
        ]
    if not found:
        raise UsageError(f"{root}: no glossary file in this folder; expected *.yaml or *.json")
    return sorted(found)
