"""An address with a number has one form: a scan of others makes no second copy of a page."""

import pytest


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/archive/2026/", "/page/quiet/"),
        ("/sitemap-1.xml", "/page/quiet/"),
        ("/sitemap-0.xml", "/archive/"),
    ],
)
def test_number_in_its_one_form_is_read(client, write, path, link):
    write(slug="quiet")
    answer = client.get(path)
    assert (answer.status_code, link in answer.text) == (200, True)


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-01.xml",
        "/sitemap-00.xml",
        "/sitemap-١.xml",
        "/archive/２０２６/",
        "/archive/٢٠٢٦/",
        "/archive/02026/",
    ],
)
def test_number_in_another_form_is_none(client, app, write, path):
    write()
    answer = client.get(path, follow_redirects=True)
    assert (answer.status_code, len(app.extensions["pages"].shelf._good.pages)) == (404, 0)
