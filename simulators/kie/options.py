"""What can be set on a simulated account."""

from typing import Final

from attrs import frozen

NO_LIMIT: Final = 1_000_000_000


@frozen(kw_only=True)
class SimulatorOptions:
    """How the simulated KIE behaves. The defaults are KIE's documented limits with quick tasks.

    Attributes:
        duration_s: every task takes exactly this long; None draws each from its model's lognormal.
        duration_scale: factor on drawn durations; 1 is as slow as KIE (12 s to minutes).
        creation_limit, creation_window_s: creations an account may ask for; one more gets 429.
        read_limit: reads a second of one task.
        catalogue_limit: catalogue calls a second, all four together.
        hidden_s: how long a new task is unknown to reads (422 "recordInfo is null").
        newest_fields: False answers reads as recorded in April 2026: without successFlag,
            response, updateTime and creditsConsumed.
        own_files_only: media must be uploaded here, made here, or on `allowed_media_hosts`.
        check_media: look into our own files for the kind, MIME type and size a parameter wants.
        refused_statuses: statuses of models that are unknown here; tests of what such models make take some in again.
        result_life_s: how long the files of a result are kept after the task's end.
        refuse_unknown_fields: KIE ignores a field that a model does not have; True refuses it, for tests.
        bill_share: where a bill lies whose price is known as a range only: 0 the least, 1 the most.
        picture_side: pixels of the longer side of pictures and films whose input asks for no resolution.
        cache_bytes, upload_bytes: disk for rendered results and for uploads; the oldest give way.
    """

    api_key: str = "simulator-key"
    credits: float = 10_000.0
    duration_s: float | None = 0.05
    duration_scale: float = 1.0
    seed: int = 0
    creation_limit: int = 20
    creation_window_s: float = 10.0
    read_limit: int = 10
    catalogue_limit: int = 1
    hidden_s: float = 0.0
    newest_fields: bool = True
    webhook_hmac_key: str | None = None
    callback_retries: int = 3
    callback_retry_s: float = 1.0
    callback_timeout_s: float = 15.0
    own_files_only: bool = True
    # The one model that removes a watermark takes share links of this host, not uploads.
    allowed_media_hosts: frozenset[str] = frozenset({"sora.chatgpt.com"})
    check_media: bool = True
    refused_statuses: frozenset[str] = frozenset({"suspended", "retired", "renamed", "not_a_kie_id"})
    result_life_s: float = 14 * 86_400.0
    refuse_unknown_fields: bool = False
    bill_share: float = 0.0
    picture_side: int = 1024
    cache_bytes: int = 256_000_000
    upload_bytes: int = 1_000_000_000
