"""The model card: what was learned from what, how good it is, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tilik.kernel import Estimate
from tilik.learn.baseline import Trained
from tilik.learn.encoding import Meaning
from tilik.learn.leaks import Leak


def model_card(trained: Trained, *, source: str, source_digest: str, model_digest: str) -> str:
    """Markdown; the same training gives the same text."""
    problem, model = trained.problem, trained.model
    return "\n\n".join(
        [
            f"# Baseline: {model.label} = {model.classes[1]}",
            _what(trained, source, source_digest, model_digest),
            "## How good\n\n" + _figures(trained.figures),
            *([] if not trained.against else ["## Against the incumbent\n\n" + _figures(trained.against)]),
            "## Said and so\n\n" + _reliability(trained),
            "## Columns that give the label away\n\n" + _leaks(trained),
            "## Learned from\n\n" + _used(trained),
            "## What speaks most\n\n" + _strongest(trained),
            f"## Limits\n\n{_limits(int(problem.groups.max()) + 1)}\n",
        ]
    )


def _what(trained: Trained, source: str, source_digest: str, model_digest: str) -> str:
    problem = trained.problem
    counts = np.bincount(problem.labels, minlength=2).tolist()
    classes = ", ".join(f"{n:,} {name}" for n, name in zip(counts, problem.classes, strict=True))
    curve = trained.model.calibration.how
    return "\n".join(
        [
            f"- Table: `{source}`, SHA-256 `{source_digest}`",
            f"- Model: `model.json`, SHA-256 `{model_digest}`: words and numbers, nothing that runs",
            f"- Rows: {problem.table.rows:,} ({classes}) in {int(problem.groups.max()) + 1:,} groups "
            "that are never parted between training and test",
            _weights(trained),
            *([_text_model(trained)] if trained.model.embeddings else []),
            f"- Weighted logistic regression on {len(trained.model.encoder.names):,} inputs; {curve} "
            "calibration by out-of-fold scores",
        ]
    )


WHY = {
    "chosen": "chosen among {powers} by the weighted log loss of rows held out twice ({losses})",
    "asked": "as was asked",
    "equal-weights": "all rows weigh the same",
    "too-few-rows": "too few folds or rows of a class to choose",
}


def _weights(trained: Trained) -> str:
    """How far the weights counted, and why."""
    found, judged = trained.tempering, int(trained.problem.judged.sum())
    losses = ", ".join(f"{power:g}: {loss:.5f}" for power, loss in found.losses.items())
    why = WHY[found.why].format(powers=", ".join(f"{one:g}" for one in found.losses), losses=losses)
    return (
        f"- Judged on {judged:,} of the rows, always with their full weights. In learning a weight counts to "
        f"the power {found.power:g}: {why}. Effective rows (Kish) {found.design_size:,.0f} by the full "
        f"weights, {found.learned_size:,.0f} as learned"
    )


def _text_model(trained: Trained) -> str:
    """Which text model reads the texts, and that the model is nothing without it."""
    parts = [part for part in trained.model.encoder.parts if isinstance(part, Meaning)]
    return (
        f"- Embeddings: {', '.join(f'`{part.name}`' for part in parts)}, each as {parts[0].width:,} numbers "
        f"(mean of the tokens, length 1) by the text model whose folder has the SHA-256 `{parts[0].digest}`; "
        "predicting needs that folder"
    )


def _figures(figures: dict[str, Estimate]) -> str:
    rows = [
        (
            name,
            f"{one.value:.3f}",
            f"{one.low:.3f} to {one.high:.3f}",
            f"{one.n:,}",
            f"{one.n_eff:,.0f}",
            one.method,
        )
        for name, one in figures.items()
        if one.value is not None
    ]
    return _table(("figure", "value", "95 % interval", "n", "effective n", "method"), rows)


def _reliability(trained: Trained) -> str:
    rows = [
        (
            f"{one.said:.3f}",
            f"{one.found.value:.3f}",
            f"{one.found.low:.3f} to {one.found.high:.3f}",
            str(one.found.n),
        )
        for one in trained.reliability
    ]
    return _table(("said, mean", "so", "95 % interval", "rows"), rows)


def _leaks(trained: Trained) -> str:
    leaks = trained.problem.leaks
    if not leaks:
        return "None was found."
    used = {*trained.problem.features, *trained.problem.texts}
    rows = [
        (f"`{leak.column}`", "**used, by name**" if leak.column in used else "left out", *_reason(leak))
        for leak in leaks
    ]
    return _table(("column", "", "why", "seen"), rows)


def _reason(leak: Leak) -> tuple[str, str]:
    return ", ".join(leak.why), leak.seen


def _used(trained: Trained) -> str:
    problem = trained.problem
    used = [*problem.features, *problem.texts]
    rows = [
        (
            f"`{name}`",
            "text" if name in problem.texts else problem.table.kind(name),
            f"{problem.alone[name]:.3f}",
        )
        for name in sorted(used, key=lambda name: -problem.alone.get(name, 0))
        if name in problem.alone
    ]
    return _table(("column", "kind", "AUC alone"), rows)


def _strongest(trained: Trained) -> str:
    model = trained.model
    sides = zip(model.classes[::-1], model.strongest(), strict=True)
    return "\n".join(
        f"- for *{name}*: " + ", ".join(f"{_code(word)} ({weight:+.2f})" for word, weight in words)
        for name, words in sides
    )


def _limits(groups: int) -> str:
    return (
        "Figures hold for rows drawn as these were; if the rows are no probability sample they say nothing "
        f"about prevalence elsewhere. Intervals come from resampling {groups:,} groups and do not cover "
        "errors in the labels. Bins, words and frequencies are learned from all rows, without their labels. "
        "A baseline ranks and proposes; it decides nothing."
    )


def _code(word: str) -> str:
    return f"`{word.replace('`', '')}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
