"""The site in a real Chromium, from a sub-path: the look-up box by keyboard, and quiet pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.site.small import ENTRIES

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]
PAGES = (
    "index.html", "entry/weapon/kinzhal/index.html", "entry/place/tehran/index.html",
    "entry/organization/hostile/index.html", "entry/organization/long/index.html",
    "glossary/index.html", "glossary/a-z/k.html", "glossary/kind/person.html",
    "glossary/languages.html", "glossary/scheme/french-press-russian.html",
    "glossary/ambiguous.html", "glossary/downloads.html", "guides/editors.html",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "glossary.yaml").write_text(ENTRIES, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "www/sub/path")],
        cwd=ROOT, check=True,
        env={**os.environ, "SITE_GLOSSARY": str(folder / "glossary.yaml"), "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    handler = partial(Quiet, directory=str(folder / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/path/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as api:
        made = api.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.mark.parametrize("width", [380, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_quiet_and_fits(browser: Any, address: str, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize(
    ("query", "canonical"),
    [("Kinjal", "Kinzhal"), ("Кинжал", "Kinzhal"), ("Kinschal", "Kinzhal"), ("as-24 killjoy", "Kinzhal"),
     ("김정은", "Kim Jong Un"), ("Teheran", "Tehran"), ("Selenskyj", "Volodymyr Zelenskyy")],
)  # fmt: skip
def test_address_can_be_shared(browser: Any, address: str, query: str, canonical: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}?q={query}")
    page.wait_for_selector("[role=option]")
    assert page.inner_text("[role=option] .lookup__right >> nth=0") == canonical
    assert canonical in page.inner_text("[role=status]")
    assert not page.is_checked("#__search")
    page.close()


@pytest.mark.parametrize("path", ["index.html", "guides/editors.html"])
def test_box_works_by_keyboard(browser: Any, address: str, path: str) -> None:
    page = browser.new_page()
    page.goto(address + path)
    page.focus("[data-lookup-input]")
    page.keyboard.type("Kim")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("[data-lookup-input]", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("[data-lookup-input]", "aria-activedescendant")
    name = page.inner_text(f"#{active} .lookup__right")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/person/**")
    assert name in page.inner_text("h1")
    page.close()


def test_what_is_typed_is_in_the_address(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.focus("[data-lookup-input]")
    page.keyboard.type("Kinjal")
    page.wait_for_selector("[role=option]")
    assert page.url.endswith("?q=Kinjal")
    page.keyboard.press("Escape")
    assert page.input_value("[data-lookup-input]") == ""
    page.close()


def test_former_id_leads_on(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}entry/place/kiev/")
    page.wait_for_url("**/entry/place/kyiv/index.html")
    page.close()
