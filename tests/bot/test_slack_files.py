"""Our token goes to Slack's own hosts, and what is no file is not taken for one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_files
from bot.slack_files import Fetched, Gone, SlackFiles, Unfetched

SLACK = "https://slack.com/api/"


def files(base_url: str = SLACK) -> SlackFiles:
    return SlackFiles(AsyncWebClient(token="xoxb-1", base_url=base_url, retry_handlers=[]))


@pytest.mark.parametrize(
    "address",
    ["https://files.slack.com/files-pri/T1-F1/a.pdf", "https://slack.com/files/a.pdf"],
)
def test_slacks_own_hosts_are_known(address: str) -> None:
    assert files().is_slacks(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "a.pdf", "https://evil.example/a", "https://evilslack.com/a", "http://files.slack.com/a",
        "https://slack.com@evil.example/a", "https://me@slack.com/a", "https://slack.com.evil/a",
        "https://evil.example\\@slack.com/a", "https://files.slack.com:8443/a", "https://[::1]/a",
        "file:///etc/passwd", "https://slack.com:x/", "//slack.com/a", "http://169.254.169.254/",
    ],
)  # fmt: skip
def test_every_other_address_is_refused(address: str) -> None:
    assert not files().is_slacks(address)


class Host:
    """A small Slack that knows one file."""

    def __init__(self) -> None:
        self.info: dict[str, Any] = {}
        self.seen: list[str] = []

    async def tell(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True, "file": {"id": "F1", "name": "a.pdf"} | self.info})

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request.match_info["what"])
        answers = {
            "file": web.Response(body=b"%PDF", content_type="application/pdf"),
            "page": web.Response(text="<html>Sign in</html>", content_type="text/html"),
            "away": web.Response(status=302, headers={"Location": "/at/file"}),
            "gone": web.Response(status=404),
        }
        return answers[request.match_info["what"]]


@pytest.fixture
async def host(unused_tcp_port: int) -> AsyncIterator[tuple[Host, str]]:
    slack = Host()
    app = web.Application()
    app.router.add_route("*", "/api/files.info", slack.tell)
    app.router.add_get("/at/{what}", slack.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield slack, f"http://127.0.0.1:{unused_tcp_port}"
    await runner.cleanup()


async def fetch(host: tuple[Host, str], what: str, **info: Any) -> Fetched:
    slack, url = host
    slack.info = {"url_private": f"{url}/at/{what}", "mimetype": "application/pdf"} | info
    return await files(f"{url}/api/").fetch("F1")


async def test_a_file_is_read_with_its_hash(host: tuple[Host, str]) -> None:
    fetched = await fetch(host, "file", user="U1")
    assert (fetched.content, fetched.size, fetched.by) == (b"%PDF", 4, "U1")
    assert fetched.digest.startswith("315d429b")


@pytest.mark.parametrize("what", ["page", "away", "gone"])
async def test_what_is_no_file_is_tried_again_later(host: tuple[Host, str], what: str) -> None:
    with pytest.raises(Unfetched):
        await fetch(host, what)
    assert host[0].seen == [what]


async def test_a_page_that_was_uploaded_is_a_file(host: tuple[Host, str]) -> None:
    size = len("<html>Sign in</html>")
    assert (await fetch(host, "page", mimetype="text/html", size=size)).size == size
    with pytest.raises(Unfetched):
        await fetch(host, "page", mimetype="text/html", size=size + 1)


async def test_what_lies_elsewhere_is_not_asked_for(host: tuple[Host, str]) -> None:
    with pytest.raises(Gone):
        await fetch(host, "file", url_private="https://evil.example/file")
    with pytest.raises(Gone):
        await fetch(host, "file", is_external=True)
    assert host[0].seen == []


async def test_what_never_ends_is_not_read_to_the_end(
    host: tuple[Host, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_files, "READ_LIMIT", 3)
    with pytest.raises(Unfetched):
        await fetch(host, "file")
