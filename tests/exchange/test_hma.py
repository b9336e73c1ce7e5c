"""The client of a hash server, over real HTTP: what it asks, what it makes of answers, and of none."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
from hash_server import HashServer, serving

from tilik.exchange.hma import BankMatch, Hma
from tilik.kernel import Invalid, Unavailable

HASH = "d811ac390bfa6005d08543fe27fd5a11f6b55bdd2603000dc26476fc79fc76b5"


@pytest.fixture
def server() -> Iterator[HashServer]:
    with serving() as running:
        running.banks = {"TEST_BANK": {"pdq": [HASH]}, "OTHER": {"pdq": ["0" * 64]}}
        yield running


def client(server: HashServer) -> Hma:
    return Hma(server.url + "/", timeout=2, pause=lambda _: None)


def test_a_hash_is_looked_up_in_every_bank(server: HashServer) -> None:
    assert client(server).look_up("pdq", HASH) == [BankMatch("TEST_BANK", 1, "0")]
    assert client(server).look_up("pdq", "f" + HASH[1:]) == [BankMatch("TEST_BANK", 1, "1")]
    assert client(server).look_up("pdq", "5a" * 32) == []
    assert "bypass_coinflip=true" in server.asked[0]


def test_servers_that_tell_names_alone_are_understood(server: HashServer) -> None:
    server.names_only = True
    assert client(server).look_up("pdq", HASH) == [BankMatch("TEST_BANK", None, "")]


def test_status_kinds_and_hashing(server: HashServer) -> None:
    client(server).status()
    assert client(server).signal_types() == {"pdq", "video_md5"}
    assert client(server).hash_photo(b"\x89PNG bytes") == {"pdq": "ab" * 32}
    assert b'name="photo"' in server.posted
    assert b"\x89PNG bytes" in server.posted


def test_a_busy_server_is_asked_again(server: HashServer) -> None:
    server.answers = [(503, b'{"message": "index not yet ready"}'), (500, b"oops")]
    assert client(server).look_up("pdq", HASH) == [BankMatch("TEST_BANK", 1, "0")]
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_unavailable_with_its_word(server: HashServer) -> None:
    server.answers = [(503, b'{"message": "index not yet ready"}')] * 3
    with pytest.raises(Unavailable, match="503 index not yet ready") as failed:
        client(server).look_up("pdq", HASH)
    assert failed.value.code == "hma-unreachable"


def test_a_refusal_is_told_at_once(server: HashServer) -> None:
    with pytest.raises(Invalid, match="No such SignalType 'tmk'"):
        client(server).look_up("tmk", HASH)
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b"<html>", b"42", b'"text"', b"\xff\xfe"])
def test_what_is_no_answer_is_told(server: HashServer, body: bytes) -> None:
    server.answers = [(200, body)]
    with pytest.raises(Invalid) as failed:
        client(server).look_up("pdq", HASH)
    assert failed.value.code == "hma-answer"


def test_an_endless_answer_is_cut(server: HashServer) -> None:
    server.answers = [(200, json.dumps(["x" * 100] * 60_000).encode())] * 3
    with pytest.raises(Unavailable, match="bytes"):
        client(server).look_up("pdq", HASH)


def test_no_server_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable, match="TILIK_HMA_URL"):
        Hma(f"http://127.0.0.1:{port}", pause=lambda _: None).status()


def test_a_server_that_says_nothing_times_out() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        with pytest.raises(Unavailable, match="timed out"):
            Hma(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2, pause=lambda _: None).status()


@pytest.mark.parametrize(
    "url", ["", "server:5000", "file:///etc/passwd", "http://", "http://a/?b=c", "ftp://a"]
)
def test_a_bad_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as failed:
        Hma(url)
    assert failed.value.code == "hma-url"


@pytest.mark.parametrize(
    "url",
    [
        "http://sari:hunter2@127.0.0.1:1",
        "http://[::1",
        "http://host:abc",
        "http://a b",
        "http://u:hunter2/x@h",
    ],
)
def test_an_address_that_cannot_be_asked_is_one_plain_error(url: str) -> None:
    with pytest.raises(Invalid, match="not the address of a hash server") as refused:
        Hma(url, pause=lambda _: None)
    assert "hunter2" not in str(refused.value)


def test_hashes_go_to_no_other_server(server: HashServer) -> None:
    with serving() as elsewhere:
        server.redirects = f"{elsewhere.url}/m/lookup?signal_type=pdq&signal={HASH}"
        with pytest.raises(Invalid, match="refused the request: 302"):
            client(server).look_up("pdq", HASH)
        assert elsewhere.asked == []
    server.redirects = "/c/signal_type"
    assert "pdq" in str(client(server)._json("/elsewhere"))


def test_an_answer_that_is_not_http_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def say() -> None:
            for _ in range(3):
                taken, _where = listening.accept()
                taken.recv(4096)
                taken.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
                taken.close()

        thread = threading.Thread(target=say, daemon=True)
        thread.start()
        with pytest.raises(Unavailable, match="does not answer"):
            Hma(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=2, pause=lambda _: None).status()
        thread.join(5)
