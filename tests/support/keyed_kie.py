"""Several simulated accounts of KIE behind one address, each known by its key, as at the real one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulators.kie import KieSimulator, serve


@asynccontextmanager
async def serve_by_key(simulators: Sequence[KieSimulator]) -> AsyncIterator[str]:
    """Yield the base URL. Files need no key: they are looked for on every account. A strange key is refused by the first."""
    async with AsyncExitStack() as stack:
        bases = {
            f"Bearer {one.account.options.api_key}": await stack.enter_async_context(serve(one)) for one in simulators
        }
        session = await stack.enter_async_context(aiohttp.ClientSession())

        async def forward(request: web.Request) -> web.Response:
            key, body = request.headers.get("Authorization"), await request.read()
            asked = [bases[key]] if key in bases else list(bases.values())
            answer = web.Response(status=404)
            for base in asked:
                async with session.request(
                    request.method, base + request.path_qs, data=body, headers=request.headers
                ) as response:
                    answer = web.Response(
                        status=response.status, body=await response.read(), content_type=response.content_type
                    )
                if answer.status != 404:
                    break
            return answer

        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_route("*", "/{path:.*}", forward)
        server = await stack.enter_async_context(TestServer(application))
        yield str(server.make_url("")).rstrip("/")
