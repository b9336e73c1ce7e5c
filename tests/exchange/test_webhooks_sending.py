"""At least once, signed, under ids that stay: against a real receiver that answers as it likes."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from exchange.conftest import Line
from exchange.receiver import Receiver, receiving
from tilik.exchange.webhooks import (
    Sender,
    add_endpoint,
    endpoints,
    remove_endpoint,
    resend,
    rotate_secret,
    seal_of,
    send_test,
)
from tilik.exchange.webhooks import posting as posting_module
from tilik.exchange.webhooks.address import Forbidden, may_reach, reachable
from tilik.exchange.webhooks.posting import post
from tilik.exchange.webhooks.sending import GIVE_UP, pause
from tilik.exchange.webhooks.signing import new_secret, sign
from tilik.kernel import Conflict, Invalid, from_text, utc_now
from tilik.store import Workspace, create, open_workspace

NAMED = "hooks.example.org"


def test_the_signature_is_the_published_one() -> None:
    """The test vector of the specification's own libraries."""
    at = datetime.fromtimestamp(1614265330, UTC)
    made = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}'
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert new_secret() != new_secret()


# -------------------------------------------------------------------------------------------- delivery
def test_two_failures_then_a_delivery_under_one_id(line: Line) -> None:
    line.receiver.answers = [500, 500]
    message = line.test()
    for tries in (1, 2):
        assert line.send() == 1
        found = line.only()
        assert (found.state, found.tries, found.status) == ("waiting", tries, 500)
        assert found.said.startswith("out of order out of order")
        assert len(found.said) <= 200
        assert line.send() == 0, "not before its time"
        assert found.next_at is not None
        line.clock.now = from_text(found.next_at)
    assert line.send() == 1
    assert (line.only().state, line.only().tries, line.only().said) == ("delivered", 3, "")
    assert {got.id for got in line.receiver.got} == {message}
    assert [got.fits(line.secret) for got in line.receiver.got] == [True] * 3
    assert not line.receiver.got[0].fits(new_secret())
    last = line.receiver.got[-1]
    assert last.said == {
        "type": "webhook.test",
        "timestamp": "2026-03-01T08:00:00.000000Z",
        "data": {"test": True},
    }
    assert int(last.headers["webhook-timestamp"]) == int(line.clock.now.timestamp()), "of the attempt"
    assert line.send() == 0


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_who_hangs_or_drips_is_left_in_time(line: Line, how: str) -> None:
    line.receiver.answers = [how]
    line.test()
    assert line.send(total=0.3) == 1
    assert (line.only().state, line.only().status) == ("waiting", None)
    assert line.only().said == "no answer within 0.3 seconds"


def test_a_redirect_is_refused(line: Line) -> None:
    line.receiver.answers = [(307, "Location", "/elsewhere"), (302, "Location", "/elsewhere")]
    line.test()
    for _ in range(2):
        line.send()
        line.clock.move(hours=1)
    assert [got.path for got in line.receiver.got] == ["/in/secret-path"] * 2
    assert (line.only().state, line.only().status) == ("waiting", 302)


def test_nobody_there(line: Line) -> None:
    line.receiver.server_close()
    line.test()
    assert line.send() == 1
    assert (line.only().state, line.only().status) == ("waiting", None)
    assert line.only().said


def test_asked_to_wait_it_waits(line: Line) -> None:
    line.receiver.answers = [(503, "Retry-After", "1800")]
    line.test()
    line.send()
    assert line.only().next_at == "2026-03-01T08:30:00.000000Z"


def test_it_gives_up_and_is_sent_again_by_hand_under_its_id(line: Line) -> None:
    line.receiver.answers = [500] * 100
    message = line.test()
    start = line.clock.now
    while (found := line.only()).state == "waiting":
        line.clock.now = from_text(found.next_at or "")
        line.send()
    assert found.state == "failed"
    assert timedelta(hours=60) < line.clock.now - start <= GIVE_UP
    assert 12 < found.tries < 30
    line.receiver.answers = []
    with line.workspace.store.write() as writing:
        resend(writing, message, line.id)
    assert line.send() == 1
    assert line.only().state == "delivered"
    assert {got.id for got in line.receiver.got} == {message}


def test_pauses_grow_and_spread() -> None:
    dice = random.Random(1)
    for tries, plain in ((1, 5), (2, 15), (3, 45), (20, 21_600)):
        drawn = [pause(tries, dice) for _ in range(200)]
        assert plain * 0.75 <= min(drawn) < plain * 0.85
        assert plain * 1.15 < max(drawn) <= plain * 1.25


def test_who_is_gone_is_told_no_more(line: Line) -> None:
    line.receiver.answers = [410]
    line.test()
    line.send()
    assert line.only().state == "failed"
    with line.workspace.store.read() as connection:
        (found,) = endpoints(connection)
    assert found.removed_why == "gone"
    with pytest.raises(Conflict, match="removed"):
        line.test()


def test_what_waits_for_a_removed_endpoint_has_failed(line: Line) -> None:
    line.test()
    with line.workspace.store.write() as writing:
        remove_endpoint(writing, line.id)
    assert line.send() == 0
    assert line.only().state == "failed"
    assert line.receiver.got == []


def test_two_secrets_are_good_while_one_takes_over(line: Line) -> None:
    with line.workspace.store.write() as writing:
        newer = rotate_secret(writing, seal_of(line.workspace), line.id, hours=2)
    line.test()
    line.send()
    assert [line.receiver.got[0].fits(one) for one in (line.secret, newer)] == [True, True]
    line.clock.move(hours=2)
    line.test()
    line.send()
    assert [line.receiver.got[1].fits(one) for one in (line.secret, newer)] == [False, True]


def test_a_slow_endpoint_holds_up_no_other(line: Line) -> None:
    with receiving() as quick:
        line.add(quick.url)
        line.receiver.answers = ["hang"] * 9
        for _ in range(9):
            line.test()
        with line.workspace.store.write() as writing:
            other = next(one.id for one in endpoints(writing.connection) if one.id != line.id)
            send_test(writing, other)
        line.send(total=0.2)
        assert len(quick.got) == 1
    assert len(line.receiver.got) == 9


# -------------------------------------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("8.8.8.8", True, True),
        ("2001:4860:4860::8888", True, True),
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.1.1", False, True),
        ("100.64.0.1", False, True),
        ("::1", False, True),
        ("fd00::1", False, True),
        ("::ffff:10.0.0.1", False, True),
        ("64:ff9b::a00:1", False, True),
        ("2002:a00:1::", False, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("fe80::1", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
    ],
)
def test_where_messages_may_go(address: str, public: bool, private: bool) -> None:
    assert may_reach(ip_address(address), private=False) is public
    assert may_reach(ip_address(address), private=True) is private


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "https://",
        "https://user:word@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org/a b",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/",
        "https://[::1/",
        "https://hooks.example.org/" + "x" * 500,
        "https://pengguna.örg/",
    ],
)
def test_what_is_no_address(line: Line, url: str) -> None:
    assert refusal(line.workspace, url, private=True) == "webhook-url"


@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/", "https://[::1]/", "http://127.0.0.1:9/", "https://169.254.169.254/latest"]
)
def test_the_own_network_is_refused(line: Line, url: str) -> None:
    assert refusal(line.workspace, url, private=False) == "webhook-private"


def refusal(workspace: Workspace, url: str, *, private: bool) -> str:
    with pytest.raises(Invalid) as refused, workspace.store.write() as writing:
        add_endpoint(writing, seal_of(workspace), url, ["study.done"], private=private)
    return refused.value.code


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names that lead where the test says; all others stay as they are."""
    known: dict[str, list[str]] = {}
    before = socket.getaddrinfo

    def look_up(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        found = [known[host].pop(0)] if len(known.get(host, ())) > 1 else known.get(host, [host])
        return [each for one in found for each in before(one, port, *more, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def test_a_name_into_the_own_network_is_refused_at_each_delivery(
    line: Line, names: dict[str, list[str]]
) -> None:
    names[NAMED] = ["127.0.0.1"]
    url = line.receiver.url.replace("127.0.0.1", NAMED)
    told = asyncio.run(post(url, {}, b"{}", private=False))
    assert (told.status, told.said[:8]) == (None, "the name")
    assert line.receiver.got == []
    assert asyncio.run(post(url, {}, b"{}", private=True)).good
    assert line.receiver.got[0].headers["host"] == f"{NAMED}:{line.receiver.server_port}"


def test_a_name_is_looked_up_once(line: Line, names: dict[str, list[str]]) -> None:
    """One that answers with a public address first and an own one then leads to the public one alone."""
    names[NAMED] = ["192.0.2.1", "127.0.0.1"]
    url = line.receiver.url.replace("127.0.0.1", NAMED)
    asyncio.run(post(url, {}, b"{}", private=True, total=0.2))
    assert line.receiver.got == []
    assert names[NAMED] == ["127.0.0.1"]


def test_one_forbidden_address_forbids_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Forbidden):
        asyncio.run(reachable(NAMED, 443, private=False))
    assert asyncio.run(reachable(NAMED, 443, private=True)) == ["8.8.8.8", "10.0.0.1"]


# -------------------------------------------------------------------------------------------------- TLS
@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for the name alone, which nobody vouches for."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAMED)]),
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(utc_now() - timedelta(days=1))
        .not_valid_after(utc_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAMED)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "both.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def secure(tls: ssl.SSLContext) -> Iterator[Receiver]:
    with receiving(tls) as server:
        yield server


def test_the_certificate_is_that_of_the_name(
    secure: Receiver, names: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names[NAMED] = names["other.example.org"] = ["127.0.0.1"]
    url = f"https://{NAMED}:{secure.server_port}/"
    assert "CERTIFICATE_VERIFY_FAILED" in asyncio.run(post(url, {}, b"{}", private=True)).said
    trusting = ssl.create_default_context(cafile=str(tmp_path / "both.pem"))
    monkeypatch.setattr(posting_module, "_tls", lambda: trusting)
    assert asyncio.run(post(url, {}, b"{}", private=True)).good
    other = asyncio.run(post(url.replace(NAMED, "other.example.org"), {}, b"{}", private=True))
    assert "ostname mismatch" in other.said
    assert len(secure.got) == 1


# ------------------------------------------------------------------------------------------------ kill
def test_a_killed_sender_loses_nothing_and_repeats_under_the_same_id(
    tmp_path: Path, receiver: Receiver
) -> None:
    create(tmp_path / "workspace")
    opened = open_workspace(tmp_path / "workspace")
    with opened.store.write() as writing:
        secret, made = add_endpoint(writing, seal_of(opened), receiver.url, ["study.done"], private=True)
        messages = {send_test(writing, made.id) for _ in range(3)}
    opened.close()
    receiver.answers = ["hang"] * 3
    command = [
        Path(sys.executable).parent / "tilik",
        "--workspace",
        tmp_path / "workspace",
        "webhooks",
        "send",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(3):
        assert receiver.came.acquire(timeout=60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    now = open_workspace(tmp_path / "workspace")
    assert Sender(now).send_due() == 0, "its claims stand a while, for it may be alive"
    now.close()
    later = open_workspace(tmp_path / "workspace", clock=lambda: utc_now() + timedelta(minutes=2))
    assert Sender(later).send_due() == 3
    later.close()
    assert sorted(got.id for got in receiver.got) == sorted([*messages, *messages])
    assert all(got.fits(secret) for got in receiver.got)
