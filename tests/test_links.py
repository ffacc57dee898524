import pytest

from assistant.links import host_of, official_link


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://www.bmbf.de/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//fremd.example/",
        "https://",
        "https://bmbf.de@fremd.example/",
        "https://[kaputt/",
        "ftp://bmbf.de/x",
    ],
)
def test_no_link_but_https_to_a_plain_host(url):
    assert official_link(url) is None


def test_an_official_link_is_kept_and_names_its_host():
    assert official_link(" https://www.bmbf.de/a?b=1&c=2 ") == "https://www.bmbf.de/a?b=1&c=2"
    assert host_of("https://www.bmbf.de/a") == "bmbf.de"
