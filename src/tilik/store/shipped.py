"""Files that ship with Tilik: guidelines and the built web app."""

from __future__ import annotations

from pathlib import Path

from tilik.kernel import Missing

_PACKAGE = Path(__file__).resolve().parents[1]


def guideline_text(name: str) -> str:
    """The YAML of a shipped guideline, such as ``keluarga-id``. Raises ``Missing`` naming those there are."""
    folder = next(f for f in (_PACKAGE / "guidelines", _PACKAGE.parents[1] / "guidelines") if f.is_dir())
    file = folder / f"{name}.yaml"
    if not file.is_file():
        there = ", ".join(sorted(f.stem for f in folder.glob("*.yaml") if not f.stem.startswith("lexicon-")))
        raise Missing(
            "guideline-missing", f"no guideline {name!r} ships with Tilik", mend=f"There are: {there}."
        )
    return file.read_text(encoding="utf-8")


def web_folder() -> Path | None:
    """The built web app, or ``None`` when it has not been built."""
    folder = _PACKAGE / "web_dist"
    return folder if (folder / "index.html").is_file() else None
