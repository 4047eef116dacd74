"""The server: this machine alone, the token on every request, no other page, and faults in plain words."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

import riskmc as rm
from exploring import FILE, serving, written
from riskmc.errors import ArgumentError
from riskmc.live import serve
from riskmc.simulation.announcement import COMPILING

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'riskmc[explore]'")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'riskmc[explore]'")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server in a thread, which ends with the tests."""
    with serving(tmp_path_factory.mktemp("canal")) as found:
        yield found


def get(address: str, **headers: str) -> tuple[int, str, dict]:
    return send(urllib.request.Request(address, headers=headers))


def post(address: str, said: object, **headers: str) -> tuple[int, str, dict]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    told = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return send(urllib.request.Request(address, data=body, headers=told))


def send(request) -> tuple[int, str, dict]:
    try:
        with urllib.request.urlopen(request, timeout=20) as found:
            return found.status, found.read().decode(), dict(found.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_the_page_is_served_at_the_address_with_the_token(served):
    status, page, headers = get(served.address)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Canal: what if</h1>" in page
    assert headers["cache-control"] == "no-store"
    allowed = headers["content-security-policy"]
    assert allowed.startswith("default-src 'none'; script-src 'nonce-")
    assert "unsafe" not in allowed
    assert served.address.startswith(f"http://127.0.0.1:{served.port}/")


def test_every_page_has_a_nonce_of_its_own_and_every_server_a_token_of_its_own(served, tmp_path):
    first, second = (get(served.address)[2]["content-security-policy"] for _ in range(2))
    assert first != second
    other = serve(served.asked)
    other.listening.close()
    assert other.token != served.token
    assert len(other.token) == 36


@pytest.mark.parametrize("path", ["", "answer", "x/", "{other}/", "{other}/answer", "{token}x/", "{short}/"])
def test_without_the_token_nothing_is_told(served, path):
    token = served.token
    path = path.format(token=token, short=token[:-1], other=token[::-1] if token[::-1] != token else "0" * 36)
    address = f"http://127.0.0.1:{served.port}/{path}"
    for status, text, _ in (get(address), post(address, {"changes": {}})):
        assert (status, text) == (403, "Open the address that riskmc explore printed.\n")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"]
)
def test_a_request_for_another_host_is_refused_against_dns_rebinding(served, host):
    host = host.format(port=served.port)
    assert get(served.address, Host=host)[0] == 403
    assert post(served.address + "answer", {"changes": {}}, Host=host)[0] == 403


def test_the_name_of_this_machine_is_another_name_of_the_address(served):
    assert get(served.address, Host=f"localhost:{served.port}")[0] == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Content_Type": "text/plain"}]
)
def test_what_another_page_could_send_is_refused(served, headers):
    for answer in ("answer", "keep"):
        status, _, _ = post(served.address + answer, {"changes": {"p.dig.duration": "80%"}, "name": "evil"}, **headers)
        assert status == 403


def test_an_answer_is_that_of_the_what_if(served):
    changes = {"p.dig.duration": "80%", "responses.pumps": True}
    status, text, _ = post(served.address + "answer", {"changes": changes})
    found = json.loads(text)
    assert status == 200
    assert found["lead"] == served.asked.answer(changes).lead
    assert found["panel"].count("<svg") == 3


@pytest.mark.parametrize(
    "said, told",
    [
        ({"changes": {"p.dug.duration": 1}}, "there is no knob 'p.dug.duration'; did you mean 'p.dig.duration'?"),
        ({"changes": {"p.dig.duration": "900%"}}, "p.dig.duration: 50% to 200%, got '900%'"),
        ({"changes": {"p.dig.duration": {"a": 1}}}, "50% to 200%, got"),
        ({"changes": []}, "a request holds `changes`"),
        ([], "a request holds `changes`"),
        (b"{", "Expecting property name"),
        (b"\xff", "invalid start byte"),
        (b"[" * 90_000, ""),
        (b" " * 200_000, "a request holds `changes`"),
    ],
)
def test_a_wrong_request_is_answered_with_a_sentence(served, said, told):
    status, text, _ = post(served.address + "answer", said)
    assert status == 200
    assert told in json.loads(text)["fault"]


def test_keeping_writes_the_file_once_and_refuses_the_name_after_that(served):
    said = {"changes": {"risks.rain.probability": "5%"}, "name": "dry"}
    first, second = (json.loads(post(served.address + "keep", said)[1]) for _ in range(2))
    assert first["kept"].startswith("Kept: scenario dry is in ")
    assert second["fault"] == "scenario 'dry' is there already; choose another name"
    program = rm.read(served.asked.file)
    assert program.scenarios["dry"].set == {"risks.rain.probability": "5%"}
    assert json.loads(post(served.address + "keep", {**said, "name": None})[1])["fault"].startswith(
        "a name of a scenario is letters"
    )


def test_a_taken_port_is_refused_with_the_way_out(served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ArgumentError, match=f"port {port} cannot be used: .*--port 0 takes a free one"):
            serve(served.asked, port)


@pytest.mark.parametrize("missing", ["starlette.applications", "uvicorn"])
def test_without_the_framework_a_sentence_says_what_to_install(served, missing, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ArgumentError, match=rf"needs {missing.split('.')[0]}: pip install 'riskmc\[explore\]'"):
        serve(served.asked)


def test_the_command_prints_the_address_alone_and_ends_quietly_with_ctrl_c(tmp_path):
    file = written(tmp_path)
    words = [sys.executable, "-u", "-m", "riskmc", "explore", str(file), "--no-browser", "--iterations", "300"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = running.stdout.readline().strip()
        assert get(address)[0] == 200
        assert running.stdout.readline() == "Ctrl+C ends it.\n"
        running.send_signal(signal.SIGINT)
        told, complaints = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, told) == (0, "")
    assert complaints in ("", f"{COMPILING}\n")  # the notice of the first run on a machine
    assert file.read_text(encoding="utf-8") == FILE
