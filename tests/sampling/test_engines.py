"""The same expression on other engines draws the same ids with the same probabilities, to the last bit."""

import importlib
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest

from sampling.test_designs import DESIGNS, rows
from tilik.frame import import_frame
from tilik.sampling import AnyDesign, FamilyDesign, PpsDesign, StratifiedDesign, draw, draw_rows

BUDGET, SEED = 200, 3
ALL: list[AnyDesign] = [
    PpsDesign(),
    StratifiedDesign(score="score_harm"),
    *DESIGNS,
    FamilyDesign(),
    FamilyDesign(judge="all"),
]
MODULES = {"duckdb": "duckdb", "polars": "polars", "datafusion": "datafusion", "pyspark": "pyspark"}


@cache
def trouble(engine: str) -> str:
    """Why this engine cannot be tried here, or ``""``."""
    try:
        importlib.import_module(f"ibis.backends.{engine}")
    except ImportError:
        extra = "spark" if engine == "pyspark" else "engines"
        return f"{engine} is not installed; it comes with tilik[{extra}]"
    return "PySpark needs Java" if engine == "pyspark" and shutil.which("java") is None else ""


@pytest.fixture(scope="module", params=MODULES)
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    if why := trouble(request.param):
        pytest.skip(why)
    if request.param != "pyspark":
        yield getattr(ibis, request.param).connect()
        return
    spark = importlib.import_module("pyspark.sql").SparkSession
    settings = {"spark.ui.enabled": "false", "spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "2"}
    session = spark.builder.master("local[2]").config(map=settings).getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    pq.write_table(rows(), folder / "f.parquet")
    return folder / import_frame(folder / "f.parquet", folder).name


@pytest.mark.parametrize("design", ALL)
def test_every_engine_draws_the_same(engine: Any, design: AnyDesign, frame: Path) -> None:
    table = engine.read_parquet(str(frame), table_name="frame")
    theirs = draw_rows(table, design, BUDGET, SEED)
    here = draw(frame, design, BUDGET, SEED)
    assert theirs.table.to_pylist() == here.table.to_pylist()
    assert [s.tau for s in theirs.summary.strata] == [s.tau for s in here.summary.strata]
