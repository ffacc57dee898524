"""Pages are fetched from a real server that misbehaves in every way a page can."""

import ssl
import tracemalloc

import pytest
from misbehaving_site import (
    DAY,
    ETAG,
    HOST,
    OTHER,
    STRANGE,
    Site,
    bomb,
    broken_packing,
    certificate_authority,
    dripping,
    dripping_headers,
    endless,
    huge_headers,
    issue,
    nonsense,
    of_kind,
    packed,
    packed_strangely,
    page,
    redirecting,
    setting_cookies,
    silent,
    truncated,
    trusting,
    versioned,
    with_status,
)

from ingest.sync.fetching import Fetcher, FetchLimits, FetchProblem, Trouble

PAGE = page("Die Förderquote beträgt 50 Prozent.")
LIMITS = FetchLimits(megabytes=1, seconds_between=0)
HASTY = FetchLimits(seconds=0.6, seconds_silent=0.3, seconds_between=0)


@pytest.fixture(scope="module")
def authority():
    return certificate_authority()


@pytest.fixture(scope="module")
def context(authority):
    return trusting(authority)


@pytest.fixture(scope="module")
def server(authority, tmp_path_factory):
    folder = tmp_path_factory.mktemp("amt")
    made = Site(issue(authority, folder, [HOST, f"www.{HOST}", OTHER, STRANGE]))
    yield made
    made.close()


@pytest.fixture
def site(server):
    server.pages, server.requests[:] = {"/seite": PAGE}, []
    return server


@pytest.fixture
def fetcher(site, context):
    """Return a function that makes a fetcher for which every name means this machine."""

    def make(**values):
        return Fetcher(
            **{
                "hosts": {HOST, f"www.{HOST}", OTHER},
                "limits": LIMITS,
                "resolve": lambda host, port: ["127.0.0.1"],
                "is_allowed": lambda address: address == "127.0.0.1",
                "context": context,
                "port": site.port,
                **values,
            }
        )

    return make


@pytest.fixture
def fetch(fetcher):
    """Return a function that fetches a path of the first host."""

    def run(path="/seite", host=HOST, **values):
        return fetcher().fetch(f"https://{host}{path}", **values)

    return run


def problem_of(fetch, *arguments, **values):
    with pytest.raises(FetchProblem) as caught:
        fetch(*arguments, **values)
    return caught.value


def test_page_comes_with_what_names_its_version(fetch, site):
    site.pages["/seite"] = versioned(PAGE)

    fetched = fetch()

    assert (fetched.content, fetched.suffix) == (PAGE, ".html")
    assert (fetched.etag, fetched.last_modified) == (ETAG, DAY)


def test_known_version_is_not_sent_again(fetch, site):
    site.pages["/seite"] = versioned(PAGE)

    assert fetch(etag=ETAG, last_modified=DAY) is None
    assert site.requests[0][1]["If-Modified-Since"] == DAY


def test_request_says_who_asks_and_nothing_else(fetch, site):
    fetch("/seite?nn=33806&x=%C3%A4")

    path, headers = site.requests[0]
    assert path == "/seite?nn=33806&x=%C3%A4"
    assert set(headers) == {"Host", "User-Agent", "Accept-Encoding"}
    assert headers["Host"].startswith(HOST)
    assert headers["User-Agent"].startswith("Bildungslotse")


def test_cookies_are_not_kept(fetcher, site):
    site.pages["/seite"] = setting_cookies(PAGE)
    once = fetcher()

    once.fetch(f"https://{HOST}/seite")
    once.fetch(f"https://{HOST}/seite")

    assert "Cookie" not in site.requests[1][1]


def test_packed_page_is_unpacked(fetch, site):
    site.pages["/seite"] = packed(PAGE)

    assert fetch().content == PAGE


def test_umlauts_in_the_path_are_encoded(fetch, site):
    site.pages["/f%C3%B6rderung"] = PAGE

    assert fetch("/förderung").content == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_the_same_page_is_followed(fetch, site, status):
    site.pages["/seite"] = redirecting(f"https://www.{HOST}/seite/", status)
    site.pages["/seite/"] = PAGE

    assert fetch().content == PAGE


@pytest.mark.parametrize("target", ["/startseite", f"https://{OTHER}/neu", "//land.test/"], ids=str)
def test_redirect_elsewhere_means_that_the_page_is_lost(fetch, site, target):
    site.pages["/seite"] = redirecting(target)
    site.pages["/startseite"] = site.pages["/neu"] = site.pages["/"] = page("Willkommen")

    problem = problem_of(fetch)

    assert problem.trouble is Trouble.LOST
    assert "leitet um" in str(problem)


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("https://127.0.0.1/seite", "keine Nummern"),
        ("https://localhost/seite", "keine Nummern"),
        ("https://[::1]/seite", "keine Nummern"),
        ("https://2130706433/seite", "keine Nummern"),
        ("https://0x7f.1/seite", "keine Nummern"),
        ("https://0177.0.0.1/seite", "keine Nummern"),
        (f"http://{HOST}/seite", "nur https"),
        ("file:///etc/passwd", "nur https"),
        ("gopher://amt.test/", "nur https"),
        (f"https://{HOST}@{STRANGE}/seite", "Zugangsdaten"),
        (f"https://anna:geheim@{HOST}/seite", "Zugangsdaten"),
        (f"https://{STRANGE}/seite", "steht nicht im Quellenkatalog"),
        (f"https://{HOST}.{STRANGE}/seite", "steht nicht im Quellenkatalog"),
        (f"https://{HOST}:22/seite", "Anschluss"),
        (f"https://{HOST}\\@{STRANGE}/seite", "unerlaubte Zeichen"),
        ("https://[::1/", "keine gültige"),
    ],
    ids=lambda value: value if "://" in value else "",
)
def test_redirect_to_where_nobody_may_go_is_not_followed(fetch, site, target, complaint):
    site.pages["/seite"] = redirecting(target)

    problem = problem_of(fetch)

    assert complaint in str(problem)
    assert len(site.requests) == 1


def test_redirects_end_after_three(fetch, site):
    site.pages["/seite"] = redirecting("/seite/?1")
    site.pages["/seite/"] = redirecting("/seite")

    assert "mehr als 3-mal" in str(problem_of(fetch))
    assert len(site.requests) == 4


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_not_found_is_lost(fetch, site, status):
    site.pages["/seite"] = with_status(status)

    problem = problem_of(fetch)

    assert problem.trouble is Trouble.LOST
    assert str(status) in str(problem)


@pytest.mark.parametrize("status", [204, 206, 401, 403, 418, 429, 500, 503])
def test_other_answers_say_nothing_about_the_page(fetch, site, status):
    site.pages["/seite"] = with_status(status)

    problem = problem_of(fetch)

    assert problem.trouble is Trouble.UNREACHED
    assert str(status) in str(problem)


@pytest.mark.parametrize(
    ("misbehaviour", "complaint"),
    [
        (endless, "mehr als 1 MB"),
        (bomb, "mehr als 1 MB"),
        (packed_strangely, "unbekannte Art gepackt"),
        (broken_packing, "nicht so geantwortet"),
        (truncated, "nicht so geantwortet"),
        (nonsense, "nicht so geantwortet"),
        (huge_headers, "nicht so geantwortet"),
        (of_kind("application/octet-stream"), "keinen lesbaren Text"),
        (of_kind("image/png"), "keinen lesbaren Text"),
        (of_kind(""), "keinen lesbaren Text"),
        (redirecting(""), "mehr als 3-mal"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_is_no_page_is_refused(fetch, site, misbehaviour, complaint):
    site.pages["/seite"] = misbehaviour

    problem = problem_of(fetch)

    assert complaint in str(problem)
    assert problem.trouble is Trouble.UNREACHED


def test_packed_page_beyond_the_limit_is_not_unpacked_whole(fetch, site):
    site.pages["/seite"] = packed(bytes(30_000_000))
    tracemalloc.start()
    try:
        problem_of(fetch)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.parametrize("slow", [silent, dripping, dripping_headers])
def test_slow_server_gets_no_more_than_its_time(fetcher, site, slow):
    site.pages["/seite"] = slow(site)

    problem = problem_of(fetcher(limits=HASTY).fetch, f"https://{HOST}/seite")

    assert "nicht rechtzeitig" in str(problem)


def test_silent_host_is_asked_only_once(fetcher, site):
    site.pages["/seite"] = silent(site)
    once = fetcher(limits=HASTY)

    problem_of(once.fetch, f"https://{HOST}/seite")
    problem = problem_of(once.fetch, f"https://{HOST}/andere")

    assert "nicht noch einmal gefragt" in str(problem)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.215.14", "127.0.0.1"],  # one public address does not wash the other clean
        ["10.0.0.8"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["::1"],
        ["fd00::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        [],
    ],
    ids=str,
)
def test_name_that_leads_into_a_private_network_is_refused(fetcher, site, addresses):
    from ingest.sync.addresses import is_public

    guarded = fetcher(resolve=lambda host, port: addresses, is_allowed=is_public)

    problem = problem_of(guarded.fetch, f"https://{HOST}/seite")

    assert "nicht in das öffentliche Netz" in str(problem)
    assert site.requests == []


def test_name_is_resolved_once_for_each_connection(fetcher, site):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])  # the second one would be a rebinding
    asked = []

    def resolve(host, port):
        asked.append(host)
        return next(answers)

    fetched = fetcher(resolve=resolve).fetch(f"https://{HOST}/seite")

    assert fetched.content == PAGE
    assert asked == [HOST]


def test_redirect_is_resolved_and_checked_again(fetcher, site):
    site.pages["/seite"] = redirecting(f"https://www.{HOST}/seite/")
    private = {f"www.{HOST}": ["10.0.0.1"]}
    guarded = fetcher(resolve=lambda host, port: private.get(host, ["127.0.0.1"]))

    assert "nicht in das öffentliche Netz" in str(
        problem_of(guarded.fetch, f"https://{HOST}/seite")
    )


def test_next_address_is_tried_where_the_first_does_not_answer(fetcher):
    addresses = ["127.0.0.2", "127.0.0.1"]
    patient = fetcher(resolve=lambda host, port: addresses, is_allowed=lambda address: True)

    assert patient.fetch(f"https://{HOST}/seite").content == PAGE


def test_unknown_name_is_reported(fetcher):
    def resolve(host, port):
        raise OSError("no such host")

    problem = problem_of(fetcher(resolve=resolve).fetch, f"https://{HOST}/seite")

    assert "nicht zu erreichen" in str(problem)


def test_certificate_of_another_host_is_refused(fetcher, site):
    stranger = fetcher(hosts={"anders.test"})

    problem = problem_of(stranger.fetch, "https://anders.test/seite")

    assert "Zertifikat" in str(problem)
    assert site.requests == []


def test_certificate_of_an_unknown_authority_is_refused(fetcher, site):
    problem = problem_of(
        fetcher(context=ssl.create_default_context()).fetch, f"https://{HOST}/seite"
    )

    assert "Zertifikat" in str(problem)
    assert site.requests == []


def test_same_host_is_asked_at_a_polite_pace(fetcher):
    waits = []
    limits = FetchLimits(seconds_between=1000.0)
    polite = fetcher(limits=limits, sleep=waits.append)

    polite.fetch(f"https://{HOST}/seite")
    polite.fetch(f"https://{OTHER}/seite")
    polite.fetch(f"https://{HOST}/seite")

    assert waits[:2] == [0, 0]
    assert 0 < waits[2] <= 1000


def test_proxies_of_the_environment_are_not_asked(fetch, monkeypatch):
    for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch().content == PAGE
