"""The HTTP face of measurement."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from tilik.access.guard import Exporter, Ml, Reader, StoreHere, WorkspaceHere
from tilik.measure.classifiers import classify
from tilik.measure.figures import measure
from tilik.measure.leakage import leakage
from tilik.measure.pivots import pivot
from tilik.measure.progress import progress
from tilik.measure.table import to_csv
from tilik.measure.thresholds import thresholds
from tilik.measure.wire import Classifier, Measurement, Pivot, StudyView
from tilik.measure.wire_weeks import Leakage, Thresholds
from tilik.store import as_of

router = APIRouter(prefix="/api")
AsOf = Annotated[str, Query(alias="as_of", description="A log position or a time; now without.")]


@router.get("/studies")
def get_studies(_session: Reader, store: StoreHere) -> list[StudyView]:
    """Every study, the newest first."""
    with store.read() as connection:
        return progress(connection, store.blobs)


@router.get("/studies/{study}/measurement")
def get_measurement(study: str, _session: Reader, workspace: WorkspaceHere, at: AsOf = "") -> Measurement:
    """A study's figures as of now, or as they stood."""
    with as_of(workspace, at) as store, store.read() as connection:
        return measure(connection, store.blobs, study, workspace.known_truth)


@router.get("/studies/{study}/classifier")
def get_classifier(
    study: str, score: str, threshold: float, _session: Ml, workspace: WorkspaceHere, at: AsOf = ""
) -> Classifier:
    """Prevalence, precision, recall and specificity of a score at a threshold."""
    with as_of(workspace, at) as store, store.read() as connection:
        return classify(connection, store.blobs, study, score, threshold)


@router.get("/studies/{study}/thresholds")
def get_thresholds(
    study: str, score: str, _session: Ml, workspace: WorkspaceHere, at: AsOf = ""
) -> Thresholds:
    """What moving a score's threshold would cost: flagged share, precision and recall along it."""
    with as_of(workspace, at) as store, store.read() as connection:
        return thresholds(connection, store.blobs, study, score)


@router.get("/studies/{study}/leakage")
def get_leakage(
    study: str, score: str, threshold: float, _session: Ml, workspace: WorkspaceHere, at: AsOf = ""
) -> Leakage:
    """Failing videos of the sample that scored below a threshold, the most seen first."""
    with as_of(workspace, at) as store, store.read() as connection:
        return leakage(connection, store.blobs, study, score, threshold)


@router.get("/studies/{study}/pivot")
def get_pivot(study: str, by: str, _session: Reader, workspace: WorkspaceHere, at: AsOf = "") -> Pivot:
    """The share of failing impressions in each level of one of the frame's domains."""
    with as_of(workspace, at) as store, store.read() as connection:
        return pivot(connection, store.blobs, study, by)


@router.get("/studies/{study}/measurement.csv", response_class=Response)
def get_measurement_csv(study: str, _session: Exporter, workspace: WorkspaceHere, at: AsOf = "") -> Response:
    """The same figures as a table."""
    with as_of(workspace, at) as store, store.read() as connection:
        text = to_csv(measure(connection, store.blobs, study, workspace.known_truth))
    headers = {"Content-Disposition": 'attachment; filename="measurement.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
