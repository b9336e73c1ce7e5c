"""Figures of a study with second looks: first judgements alone, corrected by outcomes, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from measure.survey import CLEAN, GAMBLING, GONE, TEMPLATE, Say, Survey, Unit, hire, judge, measured, survey
from study.making import answers, shipped
from tilik.access import add_person
from tilik.guideline import decide
from tilik.kernel import new_id
from tilik.measure import Figure, Measurement
from tilik.measure.second import Looked, Phase, Refusal, phase_of
from tilik.quality.adjudication import RulingSubmission, next_adjudication, rule
from tilik.quality.adjudication.events import RulingMark
from tilik.store import Workspace

YES, NO = (
    decide(shipped(), answers({"family.COM": True, "label.COM-GAMB": 2})),
    decide(shipped(), answers()),
)


def units(says: Sequence[tuple[Say, ...]]) -> list[Unit]:
    """Draws of one stratum, all alike."""
    return [Unit(f"v{at:02}", 0.01, 10.0, says=said) for at, said in enumerate(says)]


def studied(
    workspace: Workspace, says: Sequence[tuple[Say, ...]], *, overlap: float | None, name: str = "march"
) -> Survey:
    """A study judged by simulated people until they have nothing more to say."""
    made = survey(workspace, units(says), {"all": 1000.0 * len(says)}, name=name, overlap=overlap)
    judge(workspace, made, hire(workspace, *(f"{name} {n}" for n in "ABC"), simulated=True))
    return made


def rule_all(workspace: Workspace, made: Survey, labels: Mapping[str, bool]) -> None:
    """A simulated adjudicator rules on everything contested: gambling or nothing, by video."""
    with workspace.store.write() as writing:
        judge_of_all = add_person(writing, name="Hakim", roles=("adjudicator",), simulated=True)
    while True:
        with workspace.store.write(judge_of_all.id) as writing:
            lease = next_adjudication(writing, judge_of_all.id, simulated=True)
            if lease is None:
                return
            found = labels[lease.task]
            rule(
                writing,
                judge_of_all.id,
                RulingSubmission(
                    key=new_id(),
                    task=lease.task,
                    lease=lease.id,
                    guideline=made.guideline,
                    answers=answers({"family.COM": True, "label.COM-GAMB": 2} if found else {}),
                    marks=(RulingMark(question="label.COM-GAMB", start=0, end=1),) if found else (),
                    notes={"label.COM-GAMB": "Jelas."} if found else {},
                    begun="own",
                    error_a="none",
                    error_b="none",
                    reason="Ditonton dua kali.",
                    active_seconds=9,
                    language="id",
                ),
            )


def label(measured: Measurement, code: str) -> Figure:
    return next(one for one in measured.labels if one.code == code)


class AllTrue(dict[str, bool]):
    def __missing__(self, _task: str) -> bool:
        return True


class AllFalse(dict[str, bool]):
    def __missing__(self, _task: str) -> bool:
        return False


# ------------------------------------------------------------------------------------------ estimates
def test_without_the_correction_first_judgements_alone_count(sqlite_workspace: Workspace) -> None:
    """Second looks at positives would halve what they contest, and only that."""
    firsts: list[tuple[Say, ...]] = [(GAMBLING,)] * 4 + [(CLEAN,)] * 16
    plain = studied(sqlite_workspace, firsts, overlap=None, name="plain")
    twice = studied(sqlite_workspace, [(*one, CLEAN) for one in firsts], overlap=0.0, name="twice")
    one, other = (measured(sqlite_workspace, made.id).overall for made in (plain, twice))
    assert not other.corrected
    assert (one.estimate.value, one.estimate.low, one.estimate.high) == (
        other.estimate.value,
        other.estimate.low,
        other.estimate.high,
    )
    assert one.estimate.value == pytest.approx(0.2)
    assert one.uncorrected is None, "no second looks: as ever"
    assert other.uncorrected is not None
    assert "overlap 0" in other.uncorrected.en


def test_a_first_judgement_counts_before_the_second_is_there(sqlite_workspace: Workspace) -> None:
    made = studied(sqlite_workspace, [(GAMBLING,)] * 5 + [(CLEAN,)] * 15, overlap=0.0)
    found = measured(sqlite_workspace, made.id)
    assert found.overall.estimate.value == pytest.approx(0.25)
    assert (found.study.judged, found.study.waiting) == (20, 0)


def test_with_everything_looked_at_again_outcomes_are_the_truth(sqlite_workspace: Workspace) -> None:
    """Six of eight positives stand, two are overturned by rulings, one of the others was missed."""
    says: list[tuple[Say, ...]] = [(GAMBLING, GAMBLING)] * 6 + [(GAMBLING, CLEAN)] * 2
    says += [(CLEAN, CLEAN)] * 12
    made = studied(sqlite_workspace, says, overlap=1.0)
    before = measured(sqlite_workspace, made.id).overall
    assert not before.corrected
    assert before.uncorrected is not None
    assert "2 videos found to have it are contested" in before.uncorrected.en
    rule_all(sqlite_workspace, made, AllFalse())
    found = measured(sqlite_workspace, made.id)
    assert found.overall.corrected
    assert found.overall.beside is not None
    assert found.overall.estimate.value == pytest.approx(6 / 20)
    assert found.overall.beside.value == pytest.approx(8 / 20)
    assert found.overall.estimate.inputs["adjudicated"] == 20
    gambling = label(found, "COM-GAMB")
    assert (gambling.corrected, gambling.estimate.value) == (True, pytest.approx(6 / 20))
    lines = " ".join(line.en for line in found.how.lines)
    assert "Judged again: 20, waiting: 0, ruled on: 2." in lines
    assert "not corrected" not in lines


def test_a_missed_video_weighs_by_its_chance(sqlite_workspace: Workspace) -> None:
    """With overlap 0.5, each miss that is found stands for two: û = m + (1 - m)/0.5 there, m elsewhere."""
    says: list[tuple[Say, ...]] = (
        [(GAMBLING, GAMBLING)] * 10 + [(CLEAN, GAMBLING)] * 4 + [(CLEAN, CLEAN)] * 26
    )
    made = studied(sqlite_workspace, says, overlap=0.5)
    rule_all(sqlite_workspace, made, AllTrue())
    found = measured(sqlite_workspace, made.id).overall
    assert found.corrected
    assert found.estimate.value is not None
    again = int(found.estimate.inputs["adjudicated"]) - 10  # type: ignore[arg-type]
    assert 5 < again < 25, "about half of thirty"
    seen = round((found.estimate.value * 40 - 10) / 2, 6)
    assert 0 <= seen <= 8, "misses found, of four, each for two, around the smoothed chance"
    assert found.estimate.high - found.estimate.low > found.beside.high - found.beside.low  # type: ignore[union-attr]


def test_who_could_not_judge_is_left_out_as_ever(sqlite_workspace: Workspace) -> None:
    says: list[tuple[Say, ...]] = [(GONE, GONE)] * 3 + [(GAMBLING, GAMBLING)] * 5 + [(CLEAN, CLEAN)] * 5
    made = studied(sqlite_workspace, says, overlap=1.0)
    found = measured(sqlite_workspace, made.id)
    assert found.overall.estimate.value == pytest.approx(0.5)
    assert (found.study.judged, found.study.unjudgeable) == (10, 3)


def test_different_labels_of_one_family_leave_the_label_uncorrected(sqlite_workspace: Workspace) -> None:
    two: tuple[Say, ...] = (("SYN-MASS",), ("SYN-LOOP",))
    codes = [one.code for one in shipped().labels if one.family == "SYN"]
    two = ((codes[0],), (codes[1],))
    made = studied(sqlite_workspace, [two, *[(TEMPLATE, TEMPLATE)] * 5, *[(CLEAN, CLEAN)] * 9], overlap=1.0)
    found = measured(sqlite_workspace, made.id)
    assert found.overall.corrected, "both fail it, in one family"
    mine = label(found, codes[0])
    assert not mine.corrected
    assert mine.uncorrected is not None
    assert "chose different labels of one family" in mine.uncorrected.en
    assert label(found, "COM-GAMB").corrected


# ---------------------------------------------------------------------------------------------- phase
def phase(firsts: Sequence[bool], looks: Sequence[Looked]) -> Phase | Refusal:
    decisions = [YES if one else NO for one in firsts]
    return phase_of(shipped(), decisions, looks, lambda one: one.verdict == YES.verdict)


def test_chances_of_those_whose_outcome_is_still_out() -> None:
    """Of four positives one waits; of the three others two differ and one of these is ruled on."""
    looks = [
        Looked(1.0, True, YES, None),
        Looked(1.0, True, NO, NO),
        Looked(1.0, True, NO, None),
        Looked(1.0, True, None, None),
        Looked(0.5, True, NO, None),
        Looked(0.5, False, None, None),
    ]
    found = phase([True] * 4 + [False] * 2, looks)
    assert isinstance(found, Phase)
    assert found.review.tolist() == [1, 1, 1, 1, 0, 0]
    assert found.ruling[[0, 1, 4]].tolist() == [1, 0, 0]
    assert found.p2[[0, 1, 4, 5]].tolist() == pytest.approx([0.75, 0.375, 0.5, 0.5])
    outcome = 1 / found.p2[[0, 1]]
    assert outcome.sum() == pytest.approx(4), "what is known of the positives stands for all four"


@pytest.mark.parametrize(
    ("firsts", "looks", "code", "kind"),
    [
        ([False], [Looked(0.0, False, None, None)], "no-overlap", ""),
        ([True], [Looked(1.0, True, None, None)], "no-second", "positive"),
        ([False], [Looked(0.2, False, None, None)], "no-second", "negative"),
        ([True], [Looked(1.0, True, NO, None)], "no-ruling", "positive"),
    ],
)
def test_where_there_is_no_second_phase(
    firsts: list[bool], looks: list[Looked], code: str, kind: str
) -> None:
    found = phase(firsts, looks)
    assert isinstance(found, Refusal)
    assert (found.code, found.kind) == (code, kind)
