import pytest

from ingest.sync.addresses import Refused, WebAddress, checked, is_public

HOSTS = {"amt.test", "xn--frderung-n4a.test"}


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://amt.test", "amt.test", "/"),
        ("https://AMT.test./a?b=1#c", "amt.test", "/a?b=1"),
        ("https://amt.test:443/a", "amt.test", "/a"),
        ("https://förderung.test/ä", "xn--frderung-n4a.test", "/%C3%A4"),
        ("https://amt.test/%C3%A4?q=%20", "amt.test", "/%C3%A4?q=%20"),
        ("https://amt.test/../../etc", "amt.test", "/../../etc"),
    ],
)
def test_address_of_a_listed_host(url, host, target):
    assert checked(url, HOSTS) == WebAddress(host, 443, target)


@pytest.mark.parametrize(
    "url",
    [
        "http://amt.test/",
        "ftp://amt.test/",
        "file:///etc/passwd",
        "amt.test",
        "//amt.test/",
        "",
        "https://",
        "https:///a",
        "https://fremd.test/",
        "https://amt.test.fremd.test/",
        "https://fremd.test#amt.test/",
        "https://fremd.test?amt.test",
        "https://amt.test@fremd.test/",
        "https://fremd.test@amt.test/",
        "https://@amt.test/",
        "https://amt.test\\@fremd.test/",
        "https://amt.test\\fremd.test/",
        "https://amt.test\t/",
        "https://amt.test/\r\nHost: fremd.test",
        "https://amt.test/a b",
        "https://amt.test:8443/",
        "https://amt.test:99999/",
        "https://amt.test:x/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://１２７.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1",
        "https://localhost/",
        "https://amt。test。fremd.test/",
        "https://amt..test/",
        f"https://{'a' * 64}.test/",
        f"https://amt.test/{'a' * 2_000}",
    ],
)
def test_any_other_address_is_refused(url):
    with pytest.raises(Refused):
        checked(url, HOSTS)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "::1"]
)
def test_number_is_no_host_even_if_it_is_listed(host):
    with pytest.raises(Refused):
        checked(f"https://{host}/", {host})


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_address(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_address_that_leads_elsewhere(address):
    assert not is_public(address)
