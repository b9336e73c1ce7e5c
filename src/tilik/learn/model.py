"""A trained model as one JSON file of words and numbers: nothing in it runs, no pickle is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tilik.kernel import Invalid, Missing, canonical, digest_bytes
from tilik.learn import calibration as curves
from tilik.learn.embedding import Embedder
from tilik.learn.encoding import Category, Encoder, Meaning, Number, Part, Text, folded
from tilik.learn.linear import Line
from tilik.learn.tables import Plain

FORMAT = "tilik-linear-1"
Finite = Annotated[float, Field(allow_inf_nan=False)]


@dataclass(frozen=True, eq=False)
class Model:
    """Encoder, line of weights and calibration, for the probability of ``positive`` in ``label``."""

    label: str
    classes: tuple[str, str]
    encoder: Encoder
    line: Line
    calibration: curves.Calibration

    @property
    def embeddings(self) -> str:
        """The SHA-256 of the folder of the text model that it reads by, ``""`` for none."""
        return next((part.digest for part in self.encoder.parts if isinstance(part, Meaning)), "")

    @property
    def texts(self) -> tuple[str, ...]:
        """The text columns."""
        return tuple(dict.fromkeys(part.name for part in self.encoder.parts if isinstance(part, Text)))

    def predict(self, table: Plain) -> NDArray[np.float64]:
        """The calibrated probability of ``classes[1]`` per row. Raises ``Invalid``."""
        return self.calibration.apply(self.line.scores(self.encoder.matrix(folded(table, self.texts), table)))

    def strongest(self, count: int = 12) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        """The inputs that speak most for ``classes[1]``, and most against, with their weights."""
        names, order = self.encoder.names, np.argsort(self.line.coefficients, kind="stable")
        both = order[::-1][:count], order[:count]
        return tuple([(names[i], float(self.line.coefficients[i])) for i in side] for side in both)  # type: ignore[return-value]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Number(_Strict):
    kind: Literal["number"] = "number"
    name: str
    edges: list[Finite]
    centre: Finite
    spread: Finite = Field(gt=0)


class _Category(_Strict):
    kind: Literal["category"] = "category"
    name: str
    values: list[str]


class _Text(_Strict):
    kind: Literal["text"] = "text"
    name: str
    analyser: Literal["word", "char_wb"]
    grams: list[str]
    idf: list[Finite]


class _Meaning(_Strict):
    kind: Literal["embedding"] = "embedding"
    name: str
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    width: int = Field(gt=0, le=65_536)


_Part = _Number | _Category | _Text | _Meaning


class _Curve(_Strict):
    how: curves.How
    x: list[Finite] = Field(min_length=1)
    y: list[Finite] = Field(min_length=1)


class _File(_Strict):
    format: Literal["tilik-linear-1"]
    label: str
    classes: tuple[str, str]
    parts: list[Annotated[_Part, Field(discriminator="kind")]]
    coefficients: list[Finite]
    shift: Finite
    calibration: _Curve


def write_model(model: Model, file: Path) -> str:
    """Write the model; returns the SHA-256 of the file. The same model has the same bytes."""
    held = _File(
        format=FORMAT,
        label=model.label,
        classes=model.classes,
        parts=[_held(part) for part in model.encoder.parts],
        coefficients=model.line.coefficients.tolist(),
        shift=model.line.shift,
        calibration=_Curve(
            how=model.calibration.how, x=model.calibration.x.tolist(), y=model.calibration.y.tolist()
        ),
    )
    data = canonical(held.model_dump(mode="json")) + b"\n"
    part = file.with_name(file.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return digest_bytes(data)


def read_model(file: Path, embedder: Embedder | None = None) -> Model:
    """Read a model, whoever wrote it. Raises ``Missing`` and ``Invalid``.

    ``embedder``  the text model that it learned by; another one is refused. Without it such a model can be
    read, but predicts nothing.
    """
    try:
        held = _File.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise Missing("file-unreadable", f"cannot be read: {error.strerror}", where=str(file)) from None
    except (ValidationError, ValueError):
        raise Invalid(
            "model-unreadable", f"is no model of the format {FORMAT}", where=str(file), mend="Train it anew."
        ) from None
    encoder = Encoder(tuple(_part(part, embedder) for part in held.parts))
    line = Line(np.array(held.coefficients), held.shift)
    curve = curves.Calibration(
        held.calibration.how, np.array(held.calibration.x), np.array(held.calibration.y)
    )
    by = {(part.digest, part.width) for part in held.parts if isinstance(part, _Meaning)}
    if line.coefficients.size != len(encoder.names) or curve.x.size != curve.y.size or len(by) > 1:
        raise Invalid("model-unreadable", "its weights do not fit its columns", where=str(file))
    model = Model(held.label, held.classes, encoder, line, curve)
    if embedder is not None and model.embeddings != embedder.digest:
        own = f"a text model with the SHA-256 {model.embeddings}" if model.embeddings else "no text model"
        raise Invalid(
            "embeddings-differ",
            f"it learned by {own}; {embedder.folder} has {embedder.digest}",
            where=str(file),
            mend="Name the folder that it learned by." if model.embeddings else "Leave out --embeddings.",
        )
    return model


def _held(part: Part) -> _Part:
    if isinstance(part, Number):
        return _Number(name=part.name, edges=part.edges.tolist(), centre=part.centre, spread=part.spread)
    if isinstance(part, Category):
        return _Category(name=part.name, values=list(part.values))
    if isinstance(part, Meaning):
        return _Meaning(name=part.name, digest=part.digest, width=part.width)
    return _Text(name=part.name, analyser=part.analyser, grams=list(part.grams), idf=part.idf.tolist())


def _part(held: _Part, embedder: Embedder | None) -> Part:
    if isinstance(held, _Number):
        return Number(held.name, np.array(held.edges, dtype=float), held.centre, held.spread)
    if isinstance(held, _Category):
        return Category(held.name, tuple(held.values))
    if isinstance(held, _Meaning):
        return Meaning(held.name, held.digest, held.width, embedder)
    if len(held.grams) != len(held.idf) or len(set(held.grams)) != len(held.grams) or not held.grams:
        raise Invalid("model-unreadable", f"the words of {held.name} are not whole")
    return Text(held.name, held.analyser, tuple(held.grams), np.array(held.idf, dtype=float))
