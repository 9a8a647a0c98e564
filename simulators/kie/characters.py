"""HTTP: characters for the Omni models, which answer at once with an id."""

import secrets
from typing import Any, Final

from aiohttp import web
from attrs import define, field

from .answers import KieRefusal, envelope
from .own_files import OwnFiles
from .requests import json_object

MOST_PICTURES: Final = 2


@define
class CharacterRoutes:
    """``made`` holds what was shown, by id."""

    files: OwnFiles
    made: dict[str, dict[str, Any]] = field(factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [web.post("/api/v1/omni/character/create", self.create)]

    async def create(self, request: web.Request) -> web.Response:
        """Remember a character by one or two of the account's own pictures."""
        body = await json_object(request)
        pictures = body.get("image_urls")
        if not isinstance(body.get("descriptions"), str) or not body["descriptions"].strip():
            raise KieRefusal(422, "descriptions is required")
        if not isinstance(pictures, list) or not 0 < len(pictures) <= MOST_PICTURES:
            raise KieRefusal(422, "image_urls is required")
        if any(not isinstance(url, str) or self.files.find(url) is None for url in pictures):
            raise KieRefusal(451, "Failed to fetch the image url")
        name = f"char_{secrets.token_hex(12)}"
        self.made[name] = body
        return envelope({"characterId": name, "characterName": body.get("character_name", ""), "imageUrl": pictures[0]})
