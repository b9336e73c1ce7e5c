"""A frame's period: how it is written, what is refused, and that it is kept as a fact."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tilik.frame.days import Days, parse_days
from tilik.frame.registration import bring_in_frame, list_frames
from tilik.kernel import Invalid
from tilik.store import Workspace


@pytest.mark.parametrize(
    ("text", "length"), [("2026-03-02/2026-03-08", 7), ("2026-03-02", 1), (" 2026-02-28/2026-03-01 ", 2)]
)
def test_a_period_is_its_first_and_its_last_day(text: str, length: int) -> None:
    found = parse_days(text)
    assert found.length == length
    assert parse_days(str(found)) == found
    assert (found.first - found.follows).days == 1


@pytest.mark.parametrize("text", ["", "march", "2026-03-08/2026-03-02", "2026-03-02/", "2026-03-02/08", "/"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_days(text)
    assert caught.value.code == "frame-period"


def test_a_frame_keeps_its_period_or_has_none(workspace: Workspace, tmp_path: Path) -> None:
    week = Days(date(2026, 3, 2), date(2026, 3, 8))
    for name, days in (("week", week), ("other", None)):
        file = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table({"video": [name], "impressions": [3.0]}), file)
        kept = bring_in_frame(workspace.store, workspace.scratch, file, name=name, frame_seed="s", days=days)
        assert kept.days == days
    with workspace.store.read() as connection:
        assert {one.name: one.days for one in list_frames(connection)} == {"week": week, "other": None}
