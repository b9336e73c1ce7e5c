"""The reports' mappings, which are data: the DSA's words and limits, and PP TUNAS's seven aspects."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from tilik.guideline import Text


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class DsaRules(_Frozen):
    """What the DSA's transparency database accepts; ``keywords`` by the category that owns them."""

    source: str
    batch: int
    limits: dict[str, int]
    earliest: dict[str, date]
    restrictions: dict[str, frozenset[str]]
    grounds: frozenset[str]
    content_types: frozenset[str]
    source_types: frozenset[str]
    automated_decisions: frozenset[str]
    detections: frozenset[str]
    languages: frozenset[str]
    territories: frozenset[str]
    categories: frozenset[str]
    keywords: dict[str, frozenset[str]]
    spoken: dict[str, str]
    synthetic: frozenset[str]
    restriction: str

    def owns(self, category: str, keyword: str) -> bool:
        """Whether this keyword may stand under this category."""
        return keyword == "KEYWORD_OTHER" or keyword in self.keywords.get(category, ())


class Aspect(_Frozen):
    """One aspect: the label families or labels that bear on it, less ``but``."""

    code: str
    name: Text
    of: tuple[str, ...]
    but: tuple[str, ...] = Field(default=(), alias="except")


class TunasRules(_Frozen):
    """The seven aspects, and where each age scheme of the guideline comes from."""

    source: str
    aspects: tuple[Aspect, ...]
    schemes: dict[str, str]


@cache
def dsa_rules() -> DsaRules:
    """``dsa.yaml``."""
    return DsaRules.model_validate(_read("dsa.yaml"))


@cache
def tunas_rules() -> TunasRules:
    """``tunas.yaml``."""
    return TunasRules.model_validate(_read("tunas.yaml"))


def _read(name: str) -> object:
    return YAML(typ="safe", pure=True).load((files("tilik.report") / name).read_text(encoding="utf-8"))
