"""Who may see what: a reviewer judges and finds no way to the measurement."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Opener
from .desk import Desk
from .people import add_reviewer
from .place import Served

pytestmark = pytest.mark.browser

STATUSES = """async () => {
  const studies = await fetch('/api/studies');
  return [studies, await fetch('/api/people'), await fetch('/api/log')].map((answer) => answer.status);
}"""


def test_a_reviewer_added_on_the_people_screen_judges_and_sees_no_measurement(
    desk: Desk, served: Served, open_context: Opener
) -> None:
    desk.sign_in(served.link)
    expect(desk.page.get_by_role("link", name="Pengukuran")).to_be_visible()
    link = add_reviewer(desk.page, served.url, "Budi Penilai")
    expect(desk.page.get_by_role("row", name="Budi Penilai")).to_contain_text("Peninjau")

    reviewer = Desk(open_context().new_page())
    reviewer.sign_in(link)
    places = reviewer.page.get_by_role("navigation", name="Halaman").get_by_role("link")
    expect(places).to_have_text(["Tinjau", "Jawaban AI", "Hari saya", "Latihan", "Putusan"])
    assert reviewer.page.evaluate(STATUSES) == [403, 403, 403]
    for room in ("measurement", "people", "audit"):
        reviewer.page.goto(f"{served.url}/{room}")
        reviewer.says("Halaman ini tidak ada")
