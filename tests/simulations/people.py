"""People's rates, flags and tests on made-up teams: ``python -m tests.simulations.people`` prints the table.

Each person has a true sensitivity and specificity (beta over people) and few answers, some tens of known
items of which a part fails; the functions are those of the page. ``above`` counts only who truly reaches both
targets: how many of them are flagged, and found below by the sequential tests.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from tilik.quality.people import Targets
from tilik.quality.people.figures import Rightness, rightness
from tilik.quality.people.known import Compared

PEOPLE = 25


class Team(NamedTuple):
    """Beta(mean·size, (1-mean)·size) over people, of each rate; the share of known items that fail."""

    sensitivity: float
    specificity: float
    size: float
    failing: float = 0.5
    targets: Targets = Targets(0.85, 0.92)


TEAMS = {
    "usual": Team(0.88, 0.95, 40),
    "very different": Team(0.85, 0.93, 10),
    "weak": Team(0.75, 0.9, 40),
    "strong, rare": Team(0.93, 0.97, 60, failing=0.2),
}
EDGE = "all at the target"


@dataclass
class Tally:
    """Counts over people: intervals and those that hold the truth; people above, of them flagged and tested
    below; people below both targets by a tenth, and of them flagged."""

    held: list[bool] = field(default_factory=list)
    above: int = 0
    flagged: int = 0
    tested: int = 0
    below: int = 0
    caught: int = 0

    @property
    def coverage(self) -> float:
        """The share of intervals that hold the truth."""
        return float(np.mean(self.held))


def tally(team: Team, teams: int, *, first: int = 0, edge: bool = False) -> Tally:
    """So many teams of 25; with ``edge`` everybody is exactly at both targets."""
    told = Tally()
    for seed in range(first, first + teams):
        random = np.random.default_rng([seed, 31])
        skills = np.column_stack(
            [
                random.beta(mean * team.size, (1 - mean) * team.size, PEOPLE)
                for mean in (team.sensitivity, team.specificity)
            ]
        )
        if edge:
            skills[:] = (team.targets.sensitivity, team.targets.specificity)
        names = [f"p{n:02d}" for n in range(PEOPLE)]
        found = rightness(_answers(team, names, skills, random), names, team.targets, "verdict")
        for one, skill in zip(found, skills, strict=True):
            _count(told, one, skill, team.targets)
    return told


def _answers(team: Team, names: list[str], skills: np.ndarray, random: np.random.Generator) -> list[Compared]:
    made = []
    for name, skill in zip(names, skills, strict=True):
        for n in range(int(random.integers(20, 121))):
            true = bool(random.random() < team.failing)
            right = bool(random.random() < skill[0 if true else 1])
            made.append(Compared(f"{name}-{n}", name, f"{n:09d}", "gold", (true, right == true), {}))
    return made


def _count(told: Tally, one: Rightness, skill: np.ndarray, targets: Targets) -> None:
    for found, true in ((one.sensitivity, skill[0]), (one.specificity, skill[1])):
        if found.n:
            told.held.append(bool(found.low <= true <= found.high))
    asked = np.array([targets.sensitivity, targets.specificity])
    if (skill >= asked).all():
        told.above += 1
        told.flagged += one.flagged
        told.tested += one.test == "below"
    if (skill < asked - 0.1).any():
        told.below += 1
        told.caught += one.flagged


def rows(teams: int) -> list[str]:
    """The table, as Markdown."""
    lines = [
        "| team | coverage of 95 % | above both targets: flagged | found below by the test "
        "| a rate 10 points below: flagged |",
        "|---|---|---|---|---|",
    ]
    for name, team in [*TEAMS.items(), (EDGE, TEAMS["usual"])]:
        found = tally(team, teams, edge=name == EDGE)
        told = [
            f"{part / whole:.1%} of {whole:,}" if whole else "–"
            for part, whole in (
                (found.flagged, found.above),
                (found.tested, found.above),
                (found.caught, found.below),
            )
        ]
        # Where all are alike there is nothing to tell the spread of people from, and intervals are wide.
        lines.append(f"| {name} | {found.coverage:.3f} | {' | '.join(told)} |")
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=200)
    print("\n".join(rows(parser.parse_args().teams)))
