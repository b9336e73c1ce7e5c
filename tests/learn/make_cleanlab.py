"""Writes ``cleanlab.json``: what cleanlab 2.9.0 finds in made-up labels, for the tests to compare with.

Run in an environment of its own: ``pip install cleanlab==2.9.0``, then ``python make_cleanlab.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from cleanlab.count import compute_confident_joint
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

SIZES = ((400, 2, 0.1), (600, 3, 0.15), (500, 5, 0.2), (300, 2, 0.02), (250, 4, 0.05))
RULES = {"noise-rate": "prune_by_noise_rate", "confident-joint": "confident_learning"}
RANKINGS = {"self-confidence": "self_confidence", "normalised-margin": "normalized_margin"}


def case(seed: int, rows: int, classes: int, noise: float) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    true = random.choice(classes, rows, p=random.dirichlet(np.ones(classes) * 2))
    labels = true.copy()
    flipped = random.random(rows) < noise
    labels[flipped] = random.integers(0, classes, flipped.sum())
    labels[:classes] = np.arange(classes)
    z = random.normal(size=(rows, classes))
    z[np.arange(rows), true] += 2.2
    p = np.exp(1.3 * z)
    written = np.round(p / p.sum(1, keepdims=True), 6)
    p = written / written.sum(1, keepdims=True)
    found: dict[str, Any] = {"classes": classes, "labels": labels.tolist(), "probabilities": written.tolist()}
    found["confident_joint"] = compute_confident_joint(labels, p, calibrate=True).tolist()
    for ours, theirs in RULES.items():
        found[ours] = np.flatnonzero(find_label_issues(labels, p, filter_by=theirs, n_jobs=1)).tolist()
    for ours, theirs in RANKINGS.items():
        ranked = find_label_issues(labels, p, return_indices_ranked_by=theirs, n_jobs=1)
        found["ranked-" + ours] = ranked.tolist()
        scores = get_label_quality_scores(labels, p, method=theirs)
        found["score-" + ours] = [round(float(x), 9) for x in scores[:20]]
    return found


if __name__ == "__main__":
    cases = [case(seed, *size) for seed, size in enumerate(SIZES)]
    file = Path(__file__).with_name("cleanlab.json")
    file.write_text(json.dumps({"made": "cleanlab 2.9.0, make_cleanlab.py", "cases": cases}) + "\n")
