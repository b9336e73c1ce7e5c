"""Libraries of the extras ``learn`` and ``embeddings``; without one of them one clear line says so."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tilik.kernel import Unavailable


def sklearn(part: str) -> Any:
    """The module ``sklearn.part``. Raises ``Unavailable`` where the extra is not installed."""
    return _library(f"sklearn.{part}", "training needs scikit-learn", "tilik[learn]")


def onnxruntime() -> Any:
    """The module that runs ONNX graphs. Raises as :func:`sklearn`."""
    return _library("onnxruntime", "an ONNX text model needs onnxruntime", "tilik[embeddings]")


def tokenizers() -> Any:
    """The module that reads ``tokenizer.json``. Raises as :func:`sklearn`."""
    return _library("tokenizers", "an ONNX text model needs tokenizers", "tilik[embeddings]")


def torch() -> Any:
    """The module that runs what :func:`transformers` loads. Raises as :func:`sklearn`."""
    return _library("torch", "a transformers folder needs torch", "transformers", "torch")


def transformers() -> Any:
    """The module that loads ``model.safetensors``. Raises as :func:`sklearn`."""
    return _library("transformers", "a transformers folder needs transformers", "transformers", "torch")


def _library(module: str, needs: str, *install: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        named = " ".join(f"'{one}'" if "[" in one else one for one in install)
        raise Unavailable(
            "library-missing",
            f"{needs}, which is not installed",
            mend=f"Install it: pip install {named}.",
        ) from None
