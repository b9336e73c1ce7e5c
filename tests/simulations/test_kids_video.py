"""929 real videos, labelled by three people each: a short run of what docs/kids-video.md states."""

import numpy as np
import pytest

from simulations.kids_video import DATA, DESIGNS, KidsVideos, coefficients, inferred, load, sampled

pytestmark = pytest.mark.skipif(
    not DATA.is_file(), reason="shared/data/kids_video is not beside the repository"
)

DRAWS = 300


@pytest.fixture(scope="module")
def kids() -> KidsVideos:
    return load()


def test_the_file_is_what_the_page_says(kids: KidsVideos) -> None:
    assert kids.views.size == 929
    assert kids.label.size == 3 * 929
    assert kids.unanimous.sum() == 530
    assert all(np.sum(kids.label[kids.video == at] == "disturbing") >= 2 for at in range(929))


def test_raw_agreement_is_the_share_of_pairs_counted_by_hand(kids: KidsVideos) -> None:
    pairs = (530 * 3 + (929 - 530)) / (929 * 3)
    found = coefficients(kids, by_views=False)
    assert found["raw"].value == pytest.approx(pairs)
    alpha = found["alpha"]
    assert alpha.value is not None and alpha.value < 0, "selected on the label: alpha must not look good"


def test_truth_inference_overturns_no_majority(kids: KidsVideos) -> None:
    found, names = inferred(kids)
    assert np.all(found.chosen == names.index("disturbing"))
    misled, _ = inferred(kids, "ibcc")
    assert [caution.code for caution in misled.cautions] == ["class-not-its-own"]
    assert "ibcc" not in found.weights


@pytest.mark.parametrize("name", ["by views", "by views within thirds of the length"])
def test_intervals_of_real_samples_cover_the_known_share(kids: KidsVideos, name: str) -> None:
    tally = sampled(kids, DESIGNS[name], DRAWS)
    assert 0.95 - 3 * (0.05 * 0.95 / DRAWS) ** 0.5 <= tally.coverage <= 0.995
    assert abs(tally.bias) < 3


def test_a_simple_random_sample_of_videos_lies_about_views(kids: KidsVideos) -> None:
    assert sampled(kids, DESIGNS["simple random"], DRAWS).coverage < 0.93
