"""A lead reads in the browser how right people are on machine answers of which is known what to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from answers.gold_made import judge, line
from answers.made import item, rating, take
from study.making import people
from tilik.answers import planting
from tilik.store import open_workspace

from .conftest import Opener
from .looks import Looker
from .place import Served, serving, tilik

pytestmark = pytest.mark.browser
FAILING = 8


class Always:
    """The draw below every rate, and the first of what fits."""

    def random(self) -> float:
        return 0.0

    def getrandbits(self, bits: int) -> int:
        return 0


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people have judged twenty known answers, one of them without seeing critical fails."""
    made = tmp_path_factory.mktemp("emas") / "ruang"
    tilik(made, "init", "--admin", "Sari")
    live = made.parent / "hidup.jsonl"
    live.write_text(json.dumps({"prompt": "p", "response": "Jawaban.", "model": "a", "age_band": "AB3"}))
    tilik(made, "answers", "import", live, "--name", "nyata", "--wants", "9")
    known = [line(item(f"g{at}", "a"), rating(2, ("CF1",) if at < FAILING else ())) for at in range(20)]
    file = made.parent / "emas.jsonl"
    file.write_text("\n".join(known))
    assert len(tilik(made, "answers", "gold", "add", "--file", file)["added"]) == 20
    opened = open_workspace(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planting, "CHANCE", Always())
        people(opened, "Ratna", roles=("lead",))
        for number, who in enumerate(people(opened, "Budi", "Tono")):
            for at in range(20):
                lease = take(opened, who)
                assert lease is not None
                judge(opened, who, lease, rating(3, ("CF1",) if at % (number + 2) == 0 else ()))
    opened.close()
    return made


@pytest.fixture(scope="module")
def running(judged: Path) -> Iterator[Served]:
    with serving(judged) as served:
        yield served


def test_the_figures_of_two_people_on_gold_answers(
    open_context: Opener, judged: Path, running: Served
) -> None:
    page = open_context().new_page()
    page.goto(tilik(judged, "link", "Ratna", "--url", running.url)["link"])
    expect(page.locator("header nav")).to_be_visible()
    page.goto(f"{running.url}/quality")
    looker = Looker(page)
    section = page.get_by_role("region", name="Ketepatan menilai jawaban AI")
    expect(section.get_by_role("row")).to_have_count(3)
    expect(section).to_contain_text("n 20")
    section.scroll_into_view_if_needed()
    looker.look("gold answers")
    section.get_by_label("Tentang").select_option("SAF")
    expect(section.get_by_role("columnheader")).to_have_count(2)
    looker.look("gold answers by dimension")
    assert looker.found == []
    assert looker.console == []
