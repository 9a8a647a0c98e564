"""Use cases: sign in on a page, be known there, sign out."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import field, frozen

from application.errors import NotSignedIn
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.session_store import SessionStore
from domain.generation import UserId
from domain.web_session import SessionId, WebSession

LASTS: Final = timedelta(days=30)
ROTATES_AFTER: Final = timedelta(hours=12)
OLD_TOKEN_LASTS: Final = timedelta(minutes=1)
"""Requests that left before the new cookie came still carry the old one."""
DEVICE_LIMIT: Final = 200

log = structlog.get_logger()


@frozen(kw_only=True)
class SignIn:
    """Who proved to be whom. ``proof`` may be used once, until it is ``proof_lasts`` old; None: the proof needs no such care."""

    user: UserId
    name: str = field(repr=False)
    device: str = ""
    proof: str | None = field(default=None, repr=False)
    proof_lasts: timedelta = timedelta()


@frozen(kw_only=True)
class SignedIn:
    """``token`` goes into the cookie; None: the one that came is still good."""

    session: WebSession
    token: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class WebSessions:
    """The token is a secret that is kept as a hash alone, and replaced twice a day."""

    _store: SessionStore
    _ids: Ids
    _clock: Clock

    async def begin(self, sign_in: SignIn) -> SignedIn:
        """A new session. Raises NotSignedIn where the proof was used before, StoreUnavailable."""
        now = self._clock.now()
        if sign_in.proof and not await self._store.use_once(hash_of(sign_in.proof), until=now + sign_in.proof_lasts):
            raise NotSignedIn("the proof was used before")
        token = self._ids.secret()
        session = WebSession(
            id=SessionId(self._ids.short_id()),
            user=sign_in.user,
            name=sign_in.name,
            token_hash=hash_of(token),
            csrf=self._ids.secret(),
            device=sign_in.device[:DEVICE_LIMIT],
            created_at=now,
            rotated_at=now,
            expires_at=now + LASTS,
        )
        await self._store.add(session)
        log.info("session.begun", session_id=session.id, user=session.user)
        return SignedIn(session=session, token=token)

    async def find(self, token: str) -> SignedIn:
        """The session of a cookie's token. Raises NotSignedIn, StoreUnavailable."""
        now, token_hash = self._clock.now(), hash_of(token)
        session = await self._store.find(token_hash)
        if session is None or session.expires_at <= now:
            raise NotSignedIn("no such session")
        if token_hash != session.token_hash and session.rotated_at + OLD_TOKEN_LASTS <= now:
            raise NotSignedIn("an old token")
        return SignedIn(session=session)

    async def renew(self, session: WebSession, token: str) -> str | None:
        """A new token where it is time: only for an answer that brings it to the browser. Raises StoreUnavailable."""
        now, token_hash = self._clock.now(), hash_of(token)
        if token_hash != session.token_hash or session.rotated_at + ROTATES_AFTER > now:
            return None
        new = self._ids.secret()
        return new if await self._store.rotate(session.id, token_hash, hash_of(new), at=now) else None

    async def of(self, user: UserId) -> Sequence[WebSession]:
        """Where a person is signed in, newest first, without what is over. Raises StoreUnavailable."""
        return [session for session in await self._store.of_user(user) if session.expires_at > self._clock.now()]

    async def end(self, session_id: SessionId, user: UserId) -> bool:
        """Sign out there. False: there was no such session of this person's. Raises StoreUnavailable."""
        return await self._store.end(session_id, user)

    async def end_all(self, user: UserId) -> int:
        """Sign out everywhere. Raises StoreUnavailable."""
        return await self._store.end_all(user)


def hash_of(token: str) -> str:
    """What is kept of a token: it has 128 random bits and more, so a plain hash can't be turned round."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
