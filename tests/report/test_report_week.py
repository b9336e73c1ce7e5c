"""The weekly page: its numbers are the measurement's, its gaps are named, and it comes again as it stood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from measure.series import make_series
from measure.survey import Unit, survey
from tilik.access import add_person
from tilik.guideline import Language
from tilik.kernel import Invalid, Missing
from tilik.measure import measure
from tilik.report.dsa import Asked, statements
from tilik.report.pdf import print_pdf
from tilik.report.tables import ages, transparency, tunas
from tilik.report.week import to_html, week_page
from tilik.report.wire import WeekPage
from tilik.report.words import WORDS
from tilik.store import Workspace, as_of, create, open_workspace

SITE = "https://tilik.example"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Two weeks, the second with a fifth of its tasks still waiting."""
    folder = tmp_path_factory.mktemp("weeks")
    create(folder / "workspace")
    opened = open_workspace(folder / "workspace")
    make_series(opened, folder, weeks=2, rows=3_000, budget=120, judged=216)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def page(lived: Workspace) -> WeekPage:
    with lived.store.read() as connection:
        return week_page(connection, lived.store.blobs)


class Read(HTMLParser):
    """What a page holds: its tags, its links, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append(str(found["href"]))
        self.loads += [str(found[name]) for name in ("src", "data", "xlink:href") if name in found]
        self.loads += [str(found["href"])] if tag == "link" else []


def test_it_has_twelve_points_and_each_says_something_or_names_its_gap(page: WeekPage) -> None:
    assert [point.number for point in page.points] == list(range(1, 13))
    for point in page.points:
        assert point.lines or point.gaps or point.grid, point.number
    assert (page.judged, page.drawn, page.simulated) == (96, 120, 96)


def test_its_figures_are_those_of_the_measurement(lived: Workspace, page: WeekPage) -> None:
    with lived.store.read() as connection:
        measured = measure(connection, lived.store.blobs, page.study)
    lines = {line.name.en: line for point in page.points for line in point.lines}
    assert lines["All views on Q3+Q4"].estimate == measured.overall.estimate
    assert lines["Judged of planned"].counted == pytest.approx(96 / 120)
    shares = {figure.code: figure.estimate.value or 0 for figure in measured.labels}
    for line in page.points[1].lines:
        code = line.name.en.split()[0]
        assert line.estimate is not None
        assert 0 < (line.estimate.value or 0) <= shares[code] + 1e-12


def test_every_number_has_an_interval_and_n_or_is_counted_and_leads_to_its_query(page: WeekPage) -> None:
    for point in page.points:
        for line in point.lines:
            assert (line.estimate is None) != (line.counted is None), line.name.en
            assert line.query.startswith("/api/")
            if line.query.startswith("/api/studies/"):
                assert f"as_of={page.log_seq}" in line.query


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_is_whole_in_itself_in_both_languages(page: WeekPage, language: Language) -> None:
    text = to_html(page, language, SITE + "/")
    found = Read(text)
    assert "script" not in found.tags
    assert found.loads == []
    assert not re.search(r"@import|url\(", text)
    assert found.links and all(link.startswith(f"{SITE}/api/") for link in found.links)
    assert f'<html lang="{language}">' in text
    other: Language = "en" if language == "id" else "id"
    for point in page.points:
        title = point.title.id if language == "id" else point.title.en
        assert title in text
    assert WORDS["reading"][language] in text and WORDS["reading"][other] not in text
    assert found.tags.count("section") == 12


def test_no_person_is_on_it(lived: Workspace, page: WeekPage) -> None:
    told = page.model_dump_json() + to_html(page, "en") + to_html(page, "id")
    for name in ("Simulasi", "Ayu", "Bima"):
        assert name not in told
    with lived.store.read() as connection:
        from tilik.store.tables import person  # noqa: PLC0415

        for row in connection.execute(person.select()):
            assert row.id not in told
            assert row.pseudonym not in told


def test_it_comes_again_as_it_stood(lived: Workspace, page: WeekPage) -> None:
    with lived.store.write() as writing:
        add_person(writing, name="Wati", roles=("reviewer",))
    with as_of(lived, str(page.log_seq)) as store, store.read() as connection:
        assert week_page(connection, store.blobs) == page


def test_it_prints_on_a_sheet_or_two(page: WeekPage, chromium: str, tmp_path: Path) -> None:
    assert chromium
    print_pdf(to_html(page, "id"), tmp_path / "week.pdf")
    made = (tmp_path / "week.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", made)) <= 2
    assert list(tmp_path.iterdir()) == [tmp_path / "week.pdf"], "nothing is left behind"


def test_a_workspace_without_periods_or_judgements_is_told_so(sqlite_workspace: Workspace) -> None:
    survey(sqlite_workspace, [Unit("x", 0.5, 3.0)], {"all": 6.0})
    store = sqlite_workspace.store
    with store.read() as connection, pytest.raises(Missing) as caught:
        week_page(connection, store.blobs)
    assert caught.value.code == "week-missing"


def test_the_tables_for_authorities(lived: Workspace, page: WeekPage) -> None:
    with lived.store.read() as connection:
        told = transparency(connection, lived.store.blobs, page.study)
        seven = tunas(connection, lived.store.blobs, page.study)
        schemes = {one.scheme: one for one in ages(connection, lived.store.blobs, page.study)}
    means = {one.code: one.estimate for one in told.means}
    assert means["1-precision"].low == pytest.approx(1 - means["precision"].high)
    assert {one.language for one in told.people} <= {"id", "jv", "su", "ms", "en"}
    assert all(one.people is None or one.people >= 3 for one in told.people)
    assert [one.code for one in seven.aspects][:2] == ["content", "contact"]
    assert "FEA-SELF" not in seven.aspects[0].labels and "FEA-SELF" in seven.aspects[5].labels
    assert {"kpi_p3sps", "lsf_film", "pp_tunas"} <= set(schemes)
    for scheme in ("kpi_p3sps", "lsf_film"):
        whole = sum(one.estimate.value or 0 for one in schemes[scheme].classes)
        assert whole == pytest.approx(1)
        assert "2012" in schemes[scheme].source or "2019" in schemes[scheme].source


def test_statements_ask_for_the_day_of_upload(lived: Workspace, page: WeekPage) -> None:
    with lived.store.read() as connection:
        with pytest.raises(Invalid) as caught:
            statements(connection, lived.store.blobs, page.study, Asked(("DE",)))
        assert caught.value.code == "dsa-content-date"
        with pytest.raises(Invalid) as caught:  # a column that holds no days
            statements(connection, lived.store.blobs, page.study, Asked(("DE",), "topic"))
        assert caught.value.code == "dsa-statement"
    assert json.loads(page.model_dump_json())
