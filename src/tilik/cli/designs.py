"""The options by which a command is told how to draw, and the design that they make."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Annotated, Any, Literal

import typer
from pydantic import ValidationError

from tilik.kernel import Invalid
from tilik.sampling import DESIGN, AnyDesign
from tilik.sampling.designs import columns_of

Kind = Literal["pps", "simple-random", "stratified", "column", "multi-target", "purposes", "families"]

Scores = Annotated[
    list[str] | None, typer.Option("--score", help="A score column, 0 to 1; again for several targets.")
]
Thresholds = Annotated[
    list[float] | None,
    typer.Option("--threshold", help="The score from which it acts; one for each score."),
]
Cuts = Annotated[str, typer.Option(help="Edges of the bands of a score, rising, between 0 and 1.")]
ColumnName = Annotated[str, typer.Option("--column", help="The column whose values are the strata.")]
AllocationName = Annotated[
    Literal["proportional", "equal", "power", "neyman"] | None,
    typer.Option(
        "--allocation",
        help="How the budget is shared out: neyman for bands, power for a column if not given.",
    ),
]
Domains = Annotated[
    list[str] | None, typer.Option("--domain", help="A column whose values are each to be reported.")
]
Defensive = Annotated[
    float, typer.Option(help="The part of a multi-target sample drawn by size alone.", min=0, max=1)
]
Minimum = Annotated[int, typer.Option(help="What each stratum gets at least.", min=2)]
Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        help="A purpose as NAME=SHARE:SCORE*SEVERITY@THRESHOLD,… ; what follows NAME may be left out.",
    ),
]
FamilyColumn = Annotated[str, typer.Option("--family", help="The column that names a video's family.")]
Judge = Annotated[Literal["one", "all"], typer.Option(help="Of a drawn family: one member, or all of them.")]

Fields = dict[str, object]
CUTS = "0.1,0.3,0.6,0.9"

OPTIONS: Mapping[str, tuple[object, object]] = {
    "score": (Scores, None),
    "threshold": (Thresholds, None),
    "cuts": (Cuts, CUTS),
    "column": (ColumnName, ""),
    "allocation": (AllocationName, None),
    "domain": (Domains, None),
    "defensive": (Defensive, 0.1),
    "minimum": (Minimum, 10),
    "part": (Parts, None),
    "family": (FamilyColumn, "family"),
    "judge": (Judge, "one"),
}
"""The options of every command that is told how to draw, each with its type and what it is if left out."""

LISTS = {"score": "scores", "threshold": "thresholds", "domain": "domains", "part": "parts"}
"""Options that may be given again, and what they are called together."""


def takes_design(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these options in the place of its parameter ``asked``, which it gets made of them."""
    signature = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in OPTIONS.items()
    ]
    parameters: list[inspect.Parameter] = []
    for one in signature.parameters.values():
        parameters += options if one.name == "asked" else [one.replace(kind=inspect.Parameter.KEYWORD_ONLY)]

    @functools.wraps(command)
    def called(**given: Any) -> None:
        told = {LISTS.get(name, name): given.pop(name) for name in OPTIONS}
        command(asked=Asked(**{name: _none_given(name, value) for name, value in told.items()}), **given)

    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    return called


def canonical(name: str) -> str:
    """A score's name in a frame: ``harm`` is ``score_harm``."""
    return name if name.startswith("score_") else f"score_{name}"


def _none_given(name: str, value: Any) -> Any:
    return () if value is None and name in LISTS.values() else value


@dataclass(frozen=True)
class Asked:
    """The options as given."""

    scores: Sequence[str] = ()
    thresholds: Sequence[float] = ()
    cuts: str = CUTS
    column: str = ""
    allocation: str | None = None
    domains: Sequence[str] = ()
    defensive: float = 0.1
    minimum: int = 10
    parts: Sequence[str] = ()
    family: str = "family"
    judge: str = "one"

    def design(self, kind: Kind) -> AnyDesign:
        """The design of this kind. Raises ``Invalid`` naming the option that does not fit."""
        shared: Fields = {"minimum": self.minimum}
        if self.allocation is not None:
            shared["allocation"] = self.allocation
        fields: Fields = {"kind": kind}
        if kind == "stratified":
            fields |= {"score": self._one_score(), "cuts": _edges(self.cuts), **shared}
        elif kind == "column":
            score = canonical(self.scores[0]) if self.scores else None
            fields |= {"column": self._column(), "score": score, **shared}
        elif kind == "multi-target":
            fields |= {
                "targets": self.targets(),
                "domains": list(self.domains),
                "defensive": self.defensive,
            }
        elif kind == "purposes":
            fields |= {"purposes": self._parts()}
        elif kind == "families":
            fields |= {"family": self.family, "judge": self.judge}
        return self._checked(fields)

    def targets(self) -> list[Fields]:
        """Scores with their thresholds. Raises ``Invalid`` where they do not go together."""
        if not self.scores or len(self.scores) != len(self.thresholds):
            raise Invalid(
                "design", "each --score needs its --threshold, in the same order", where="--threshold"
            )
        pairs = zip(self.scores, self.thresholds, strict=True)
        return [{"score": canonical(score), "threshold": at} for score, at in pairs]

    def part_scores(self) -> list[str]:
        """The scores that parts name, as given."""
        return [name for text in self.parts for name, _ in _risks_of(text)]

    def _one_score(self) -> str:
        if len(self.scores) != 1:
            what = "a stratified design needs a score: exactly one score makes its bands"
            raise Invalid("design", what, where="--score")
        return canonical(self.scores[0])

    def _column(self) -> str:
        if not self.column:
            raise Invalid("design", "a draw by column needs the column", where="--column")
        return self.column

    def _parts(self) -> list[Fields]:
        if not self.parts:
            raise Invalid("design", "a draw for several purposes needs them", where="--part")
        return [_part(text) for text in self.parts]

    def _checked(self, fields: Fields) -> AnyDesign:
        try:
            return DESIGN.validate_python(fields)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"][1:])
            where = f"--cuts {self.cuts}" if place.startswith("cuts") else "--design"
            what = first["msg"].removeprefix("Value error, ")
            if place and not place.startswith("cuts"):
                what = f"{place}: {what}"
            raise Invalid("design", what, where=where) from None


def refuse_absent_scores(design: AnyDesign, known: Sequence[str], frame: str) -> None:
    """Raise ``Invalid`` where the design reads a score that the frame does not have."""
    for name in columns_of(design):
        if name.startswith("score_") and name not in known:
            there = ", ".join(known) or "none"
            what = f"the frame {frame} has no score {name!r}"
            raise Invalid("score-missing", what, where="--score", mend=f"There are: {there}.")


def _edges(cuts: str) -> list[float]:
    edges = [_number(cut) for cut in cuts.split(",")]
    if not all(edge is not None and isfinite(edge) for edge in edges):
        raise Invalid("design", "cuts are numbers with commas between", where=f"--cuts {cuts}")
    return [edge for edge in edges if edge is not None]


def _part(text: str) -> Fields:
    head = text.partition(":")[0]
    name, equals, share = head.partition("=")
    number = _number(share) if equals else 1.0
    if number is None:
        raise Invalid("design", "write NAME=SHARE:SCORE*SEVERITY@THRESHOLD", where=f"--part {text}")
    return {"purpose": name, "share": number, "risks": [risk for _, risk in _risks_of(text)]}


def _risks_of(text: str) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = []
    for risk in filter(None, text.partition(":")[2].split(",")):
        rest, _, threshold = risk.partition("@")
        name, _, severity = rest.partition("*")
        numbers = _number(severity or "1"), _number(threshold or "0")
        if not name or None in numbers:
            raise Invalid("design", "write SCORE*SEVERITY@THRESHOLD", where=f"--part {text}")
        fields = {"score": canonical(name), "severity": numbers[0], "threshold": numbers[1]}
        found.append((name, fields))
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
