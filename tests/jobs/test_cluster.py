"""Jobs on a Ray cluster of two nodes, one killed in mid-run: nothing lost, nothing done twice.

The work runs in a program of its own, so that Ray's processes and settings stay out of this one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from tilik.jobs import read_rows
from tilik.jobs.cluster import OnRay
from tilik.kernel import Missing
from tilik.media.limits import DEFAULT

HERE = Path(__file__).parent
PROGRAM = """
import json, sys
from pathlib import Path

here, out, marks = sys.argv[1:]
sys.path.insert(0, here)
import ray
from acts import act, slow
from ray.cluster_utils import Cluster
from tilik.jobs import Act, Item, run
from tilik.jobs.cluster import OnRay
from tilik.media.limits import MIB, Limits

cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
second = cluster.add_node(num_cpus=1)
cluster.wait_for_nodes()
ray.init(address=cluster.address, log_to_driver=False)
items = [Item(f"i{k}", Path(f"i{k}")) for k in range(16)]
told = []
for step in run(items, Act("slow", "1", slow, (marks,)), Path(out) / "slow", OnRay(cluster.address)):
    told.append([step.key, step.condition.code])
    if len(told) == 5:
        cluster.remove_node(second, allow_graceful=False)
again = list(run(items, Act("slow", "1", slow, (marks,)), Path(out) / "slow", OnRay(cluster.address)))
names = [*(f"good-{k}" for k in range(3)), "raise", "kill", "hang"]
limits = Limits(memory_bytes=512 * MIB, wall_seconds=3, cpu_seconds=5)
bad = [Item(name, Path(name)) for name in names]
conditions = {
    step.key: step.condition.code
    for step in run(bad, Act("test", "1", act), Path(out) / "bad", OnRay(cluster.address), limits=limits)
}
print(json.dumps({"told": told, "again": len(again), "conditions": conditions}))
ray.shutdown()
cluster.shutdown()
"""


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed (tilik[ray])")
def test_a_node_killed_in_mid_run_loses_nothing_and_repeats_nothing_that_was_done(tmp_path: Path) -> None:
    marks, out = tmp_path / "marks", tmp_path / "out"
    marks.mkdir()
    (tmp_path / "program.py").write_text(PROGRAM)
    paths = [str(HERE), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in paths if p), "RAY_DEDUP_LOGS": "0"}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py"), str(HERE), str(out), str(marks)],
        capture_output=True,
        text=True,
        timeout=400,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    wanted = [f"i{k}" for k in range(16)]
    assert sorted(key for key, _ in told["told"]) == sorted(wanted)
    assert {code for _, code in told["told"]} == {"ready"}
    assert told["again"] == 0
    assert sorted(row["key"] for row in read_rows(out / "slow")) == sorted(wanted)
    before = {key for key, _ in told["told"][:5]}
    begun = Counter((marks / "begun").read_text().split())
    assert set(begun) == set(wanted)
    assert all(begun[key] == 1 for key in before), "what was done is done again"
    assert sum(begun.values()) <= len(wanted) + 2, "more was done again than the dead node had in hand"
    assert told["conditions"] == {
        "good-0": "ready",
        "good-1": "ready",
        "good-2": "ready",
        "raise": "crashed",
        "kill": "crashed",
        "hang": "timed-out",
    }


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_the_way_to_get_it_is_told() -> None:
    with pytest.raises(Missing, match=r"tilik\[ray\]"):
        list(OnRay().make([], DEFAULT))
