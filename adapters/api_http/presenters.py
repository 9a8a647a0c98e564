"""Domain objects as the schemas that programs get."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import asdict

from adapters.api_http.schemas import (
    FailureOut,
    FieldOut,
    GenerationOut,
    ModelDetail,
    ModelOut,
    PresetOut,
    PriceOut,
    ResultOut,
    UploadOut,
)
from application.catalog.describe_model import FormField, ModelForm
from application.generating.watch_generations import WatchedGeneration
from application.ports.messenger import Progress
from application.ports.texts import Texts
from domain.failure import Failure
from domain.generation import Generation
from domain.kept_media import KeptMedia, media_id_of
from domain.media import Attachment
from domain.model import NO_DEFAULT, Model
from domain.preset import Preset
from domain.price import PriceQuote

MEDIA_PATH = "/api/v1/media/{id}"


def model_out(model: Model, price: PriceQuote) -> ModelOut:
    """Return a model as it stands in a list."""
    return ModelOut(
        id=model.id,
        title=model.title,
        vendor=model.vendor,
        type=str(model.type),
        output=str(model.output),
        status=str(model.status),
        price=price_out(price),
    )


def model_detail(form: ModelForm, price: PriceQuote) -> ModelDetail:
    """Return a model with its parameters."""
    return ModelDetail(**model_out(form.model, price).model_dump(), fields=[_field(one) for one in form.fields])


def price_out(price: PriceQuote) -> PriceOut:
    """Return a price."""
    return PriceOut(
        credits=price.credits,
        low=price.low,
        high=price.high,
        basis=price.basis.value,
        as_of=price.as_of,
        source=price.source,
    )


def upload_out(media: KeptMedia) -> UploadOut:
    """Return a kept file."""
    return UploadOut(id=media.id, kind=str(media.kind), mime=media.mime, name=media.name, bytes=media.size_bytes)


def preset_out(preset: Preset) -> PresetOut:
    """Return a preset."""
    return PresetOut(
        id=preset.id,
        name=preset.name,
        model=preset.model_id,
        input=plain_input(preset.values),
        created_at=preset.created_at,
    )


def generation_out(
    watched: WatchedGeneration, generation: Generation, kept: Sequence[KeptMedia], texts: Texts, language: str
) -> GenerationOut:
    """Return a generation with its results, which are read from us where we keep them."""
    files = {media.index: media for media in kept if media.generation == generation.id}
    return GenerationOut(
        id=generation.id,
        model=generation.model_id,
        state=str(generation.state),
        done=generation.is_terminal,
        input=plain_input(generation.input),
        created_at=generation.created_at,
        ended_at=generation.ended_at,
        reserved_credits=generation.agreed_credits,
        charged_credits=generation.paid_credits,
        results=[_result(generation, index, files.get(index)) for index in range(len(generation.results))],
        failure=_failure(generation.failure, texts, language) if generation.failure else None,
        progress=_progress(watched.progress),
    )


def plain_input(values: Mapping[str, object]) -> dict[str, Any]:
    """Return an input as JSON. A file of our own stands in it as ``{"upload": id}``, another's as ``{"file": name}``."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, Attachment):
        media_id = media_id_of(value)
        if value.link:
            return value.link
        return {"upload": media_id} if media_id else {"file": value.name}
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _field(field: FormField) -> FieldOut:
    return FieldOut(
        name=field.name,
        kind=str(field.kind),
        role=str(field.role),
        required=field.is_required,
        essential=field.is_essential,
        about=field.about,
        default=None if field.default is NO_DEFAULT else _plain(field.default),
        choices=list(field.choices),
        minimum=field.minimum,
        maximum=field.maximum,
        media=str(field.media) if field.media else None,
        accepted=list(field.accepted),
        max_file_mb=field.max_file_mb,
        fields=[_field(one) for one in field.fields],
    )


def _result(generation: Generation, index: int, media: KeptMedia | None) -> ResultOut:
    result = generation.results[index]
    if media is None:
        return ResultOut(index=index, kind=str(result.kind), url=result.url, text=result.text)
    return ResultOut(
        index=index,
        kind=str(media.kind),
        url=MEDIA_PATH.format(id=media.id),
        mime=media.mime,
        bytes=media.size_bytes,
    )


def _failure(failure: Failure, texts: Texts, language: str) -> FailureOut:
    message = texts.text(failure.key, language, charged=failure.charged)
    if found := failure.violation:
        message += f" {found.path}: {texts.text(f'violation-{found.code}', language, **found.values)}"
    return FailureOut(kind=str(failure.kind), charged=str(failure.charged), message=message)


def _progress(progress: Progress | None) -> dict[str, Any] | None:
    return None if progress is None else {"stage": type(progress).__name__.lower(), **asdict(progress)}
