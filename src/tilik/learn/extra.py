"""scikit-learn comes with the extra ``learn``; without it one clear line says so."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tilik.kernel import Unavailable


def sklearn(part: str) -> Any:
    """The module ``sklearn.part``. Raises ``Unavailable`` where the extra is not installed."""
    try:
        return import_module(f"sklearn.{part}")
    except ImportError:
        raise Unavailable(
            "library-missing",
            "training needs scikit-learn, which is not installed",
            mend="Install it: pip install 'tilik[learn]'.",
        ) from None
