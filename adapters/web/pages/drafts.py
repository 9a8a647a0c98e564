"""A draft: a model's form with prices as it is filled in, and the button that runs it."""

import hashlib
from collections.abc import Mapping, Sequence

from aiohttp import web
from attrs import frozen

from adapters.web.forms import Forms, edit_of, picture_of
from adapters.web.pages.answers import amount_of, done, see, shown
from adapters.web.pages.create import chat_of, own_media, use_of
from adapters.web.renderer import Renderer
from adapters.web.trouble import BadAmount
from adapters.web.visit import Visit
from application.catalog.describe_model import ModelForm
from application.drafts.edits import AddFile, ClearValue, Edit, SetValue
from application.drafts.fill_draft import DraftContent, as_list, words_in
from application.drafts.quote_draft import Quote
from application.drafts.run_draft import RunOrder
from application.errors import AssistanceUnavailable, EditRefused, InvalidInput, MediaGone
from application.results.use_references import KeptReference
from domain.draft import Draft, DraftId
from domain.generation import Destination, GenerationId
from domain.kept_media import MediaId
from domain.masks import is_colour_known, is_light_where_painted, is_mask
from domain.model import Model
from domain.reference_set import CHARACTER_IDS, ReferenceSet, ReferenceSetId


@frozen
class DraftPages:
    """Every change is kept at once, so that a page that is loaded again, or another one, shows the same."""

    _renderer: Renderer

    async def start(self, visit: Visit) -> web.StreamResponse:
        """A new draft from the words and files of the composer, or from a result; run at once where the button says so."""
        form = await visit.form()
        model = visit.services.models.describe(str(form.get("model", ""))).model
        content = await self._content(visit, model)
        destination = self._destination(visit, to_chat="to_chat" in form)
        draft = await visit.services.drafts.start(
            visit.user, destination, model, content, draft_id=_draft_id(visit, str(form.get("nonce", "")))
        )
        if "run" not in form or "edit" in form:
            return done(visit, self._path(visit, draft))
        return await self._run(visit, draft, shown=_credits(form.get("run")))

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The form."""
        draft, form, quote = await self._opened(visit)
        draft = await visit.services.drafts.adopt_files(draft)
        kept = await visit.services.library.references.of(visit.user)
        forms = _forms(visit, kept)
        errors = forms.errors(quote.violations, is_final=False)
        optional = forms.fields(form.optional, draft, errors)
        return shown(
            self._renderer,
            visit,
            "draft.html",
            tab="create",
            draft=draft,
            model=form.model,
            is_favourite=form.model.id in visit.preferences.favourites,
            notice=self._notice(visit, quote),
            essential=forms.fields(form.essential, draft, errors),
            optional=optional,
            has_optional_errors=any(one.error for one in optional),
            price=self._price(visit, quote),
            shown=quote.credits,
            can_run=quote.is_allowed,
            improve=self._improve(visit, form.model, draft),
            references=_with_pictures(kept),
        )

    async def edit(self, visit: Visit) -> web.StreamResponse:
        """One field's new value, a file more, or one less; answers what is wrong now and what it costs."""
        draft, form, _ = await self._opened(visit)
        asked = await visit.json()
        if "reference" in asked and asked.get("parameter") == CHARACTER_IDS:
            draft = await visit.services.drafts.characters.add(draft, ReferenceSetId(str(asked["reference"])))
        else:
            for edit in await self._edits(visit, draft, form, asked):
                draft = await visit.services.drafts.edit(draft, edit)
        quote = await visit.services.drafts.quote_input(visit.user, form.model, draft.values)
        errors = Forms(visit.words, visit.prefix).errors(quote.violations, is_final=False)
        answer: dict[str, object] = {
            "price": self._price(visit, quote),
            "shown": quote.credits,
            "errors": errors,
            "improve": self._improve(visit, form.model, draft),
        }
        if "value" not in asked:
            fields = [one for one in form.fields if one.name == asked.get("parameter")]
            kept = await visit.services.library.references.of(visit.user)
            [view] = _forms(visit, kept).fields(fields, draft, errors)
            answer["field"] = self._renderer.render(
                "parts/field.html",
                words=visit.words,
                prefix=visit.prefix,
                field=view,
                draft=draft,
                references=_with_pictures(kept),
            )
        return web.json_response(answer)

    async def run(self, visit: Visit) -> web.StreamResponse:
        """Run it; answers what is wrong, or what it costs where that was not agreed to yet."""
        draft, _, _ = await self._opened(visit)
        asked = await visit.json()
        agreed, shown = _credits(asked.get("agreed")), _credits(asked.get("shown"))
        return await self._run(visit, draft, agreed=agreed, shown=shown, is_form=True)

    async def improve(self, visit: Visit) -> web.StreamResponse:
        """Better words for the prompt; the form keeps the person's own until they take these."""
        draft, form, _ = await self._opened(visit)
        words = words_in(form.model, draft.values)
        try:
            improved = await visit.services.drafts.improve(visit.user, form.model, words)
        except AssistanceUnavailable:
            return web.json_response({"error": "improve", "message": visit.words("improve-none")}, status=503)
        return web.json_response({"after": improved.after, "is_translated": improved.is_translated})

    async def mask(self, visit: Visit) -> web.StreamResponse:
        """The editor of a mask over the draft's picture."""
        return await self._over_picture(visit, "mask.html")

    async def frame(self, visit: Visit) -> web.StreamResponse:
        """A frame to extend the draft's picture into, by a larger picture and the mask of what is around it."""
        return await self._over_picture(visit, "frame.html")

    async def _over_picture(self, visit: Visit, template: str) -> web.StreamResponse:
        draft, form, _ = await self._opened(visit)
        draft = await visit.services.drafts.adopt_files(draft)
        parameter, picture = visit.part("parameter"), picture_of(draft)
        if picture is None or parameter not in form.model.parameters or not is_mask(parameter):
            raise MediaGone(parameter)
        return shown(
            self._renderer,
            visit,
            template,
            tab="create",
            draft=draft,
            parameter=parameter,
            image=picture[0],
            picture=f"{visit.prefix}/media/{picture[1]}",
            is_light=is_light_where_painted(form.model, parameter),
            is_known=is_colour_known(form.model, parameter),
        )

    async def _opened(self, visit: Visit) -> tuple[Draft, ModelForm, Quote]:
        draft = await visit.services.drafts.open(DraftId(visit.part("draft")), visit.user)
        form = visit.services.models.describe(draft.model_id)
        return draft, form, await visit.services.drafts.quote_input(visit.user, form.model, draft.values)

    async def _content(self, visit: Visit, model: Model) -> DraftContent:
        form = await visit.form()
        files = [media.attachment for media in await own_media(visit, [str(one) for one in form.getall("media", [])])]
        values: dict[str, object] = {}
        if source := str(form.get("from", "")):
            item = await visit.services.library.gallery.open(visit.user, GenerationId(source))
            if given := visit.services.drafts.history.to_continue(model, item.generation):
                values = dict(given)
            else:
                files += [media.attachment for media in item.media]
        text = str(form.get("text", "")).strip()
        if source or not text:
            return DraftContent(text=text, files=files, values=values)
        offer = await visit.services.wishes.offer(text, files, use=use_of(str(form.get("use", ""))))
        return offer.content(model)

    async def _edits(self, visit: Visit, draft: Draft, form: ModelForm, asked: Mapping[str, object]) -> Sequence[Edit]:
        name = str(asked.get("parameter", ""))
        field = next((one for one in form.fields if one.name == name), None)
        if field is None:
            raise EditRefused(name)
        if "add" in asked:
            media = await visit.services.library.open_media(MediaId(str(asked["add"])), visit.user)
            return [AddFile(file=media.attachment, asked=name)]
        if "reference" in asked:
            kept = await visit.services.library.references.one(visit.user, ReferenceSetId(str(asked["reference"])))
            return [AddFile(file=media.attachment, asked=name) for media in kept.files]
        if "replace" in asked:
            media = await visit.services.library.open_media(MediaId(str(asked["replace"])), visit.user)
            return [ClearValue(parameter=name), AddFile(file=media.attachment, asked=name)]
        if "take_away" in asked:
            left = [one for number, one in enumerate(as_list(draft.values.get(name))) if number != asked["take_away"]]
            return [SetValue(parameter=name, value=left) if left else ClearValue(parameter=name)]
        return [edit_of(field, asked.get("value"))]

    async def _run(
        self, visit: Visit, draft: Draft, *, agreed: float | None = None, shown: float | None, is_form: bool = False
    ) -> web.StreamResponse:
        path = self._path(visit, draft)
        order = RunOrder(
            language=visit.words.language, agreed_credits=agreed, shown_credits=shown or 0.0, may_have_run=is_form
        )
        try:
            outcome = await visit.services.drafts.run(draft, order)
        except InvalidInput as error:
            if not visit.wants_data:
                return see(path)
            errors = Forms(visit.words, visit.prefix).errors(error.violations, is_final=True)
            return web.json_response({"errors": errors, "edit": path})
        if outcome.generation is None:
            price = visit.words.price(outcome.quote.price)
            confirm = {"confirm": visit.words("confirm", price=price), "agreed": outcome.quote.credits, "edit": path}
            return web.json_response(confirm) if visit.wants_data else see(path)
        return done(visit, f"{visit.prefix}/generations/{outcome.generation.id}", {"id": outcome.generation.id})

    def _destination(self, visit: Visit, *, to_chat: bool) -> Destination:
        chat = chat_of(visit) if to_chat else None
        return Destination(chat=chat) if chat else visit.destination

    def _path(self, visit: Visit, draft: Draft) -> str:
        return f"{visit.prefix}/drafts/{draft.id}"

    def _price(self, visit: Visit, quote: Quote) -> str:
        if quote.price_so_far:
            return visit.words("price-so-far", price=visit.words.price(quote.price_so_far))
        if quote.violations:
            return visit.words("price-later")
        price = visit.words("price", price=visit.words.price(quote.price))
        return ". ".join([price, *map(visit.words.notice, quote.notices)])

    def _improve(self, visit: Visit, model: Model, draft: Draft) -> str:
        """What the button for better words says; empty where there is none."""
        price = visit.services.drafts.improve.price_in(model, draft.values)
        return visit.words("improve", price=visit.words.row_price(price)) if price else ""

    def _notice(self, visit: Visit, quote: Quote) -> str:
        if not quote.is_offered:
            return visit.words("not-offered")
        if quote.pause:
            return visit.words("paused", reason=quote.pause.reason)
        return visit.words("failing") if quote.is_failing else ""


def _forms(visit: Visit, kept: Sequence[KeptReference]) -> Forms:
    names = {
        called: one.reference.name
        for one in kept
        for called in (*one.reference.former_characters, one.reference.character)
        if called
    }
    return Forms(visit.words, visit.prefix, names)


def _with_pictures(kept: Sequence[KeptReference]) -> Sequence[ReferenceSet]:
    """The characters and styles to choose from, for fields that take pictures or characters."""
    return [one.reference for one in kept if one.files]


def _credits(said: object) -> float | None:
    """A price that a page sends back; None for what is no price."""
    try:
        return amount_of(str(said or ""))
    except BadAmount:
        return None


def _draft_id(visit: Visit, nonce: str) -> DraftId | None:
    """The same form sent twice is the same draft, and buys once. No one can name another person's draft so."""
    if not nonce:
        return None
    digest = int.from_bytes(hashlib.sha256(f"{visit.user} {nonce}".encode("utf-8", "replace")).digest()[:8], "big")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return DraftId("".join(letters[digest // 36**place % 36] for place in range(10)))
