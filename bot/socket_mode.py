"""Keep Slack's connection coming back."""

import asyncio

from slack_sdk.socket_mode.aiohttp import SocketModeClient

PING_EVERY = 5  # seconds; how soon a lost connection is noticed and tried again


async def renew_address(client: SocketModeClient) -> None:
    """Let an attempt that failed be made at a new address: each is good for one only.

    The SDK itself would try the used one for ever.
    """
    while True:
        await asyncio.sleep(PING_EVERY / 2)
        if not await client.is_connected():
            client.wss_uri = None
