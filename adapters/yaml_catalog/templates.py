"""The templates, read from YAML as strictly as the registry, with their pictures."""

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Final

from adapters.yaml_catalog.errors import Faults, RegistryError, RegistryFault
from adapters.yaml_catalog.files import read_mapping
from adapters.yaml_catalog.schema import Reader, demand_keys, mapping, one_of, read_keys, text
from domain.template import Template, TemplateWords
from domain.use import Use

WORDS_KEYS: Final[Mapping[str, Reader]] = {"title": text, "words": text}


def load_templates(file: Traversable, pictures: Traversable, languages: Sequence[str]) -> Sequence[Template]:
    """Read the templates in their order, each with words in each of ``languages``.

    Raises:
        RegistryError: something is wrong with the file, or a picture is missing; every fault at once.
    """
    keys: Mapping[str, Reader] = {"use": one_of(Use), **dict.fromkeys(languages, mapping)}
    collected: list[RegistryFault] = []
    faults = Faults(collected, file=file.name)
    found: list[Template] = []
    for name, facts in read_mapping(file, faults).items():
        path = (str(name),)
        read = read_keys(facts, keys, path, faults)
        words = {
            language: read_keys(read.get(language, {}), WORDS_KEYS, (*path, language), faults) for language in languages
        }
        is_whole = all(
            demand_keys(words[language], words[language], WORDS_KEYS, (*path, language), faults)
            for language in languages
        )
        picture = pictures / f"{name}.jpg"
        if not picture.is_file():
            faults.add(path, f"expected the picture {picture.name}")
        elif demand_keys(read, facts, keys, path, faults) and is_whole:
            by_language = {language: TemplateWords(**words[language]) for language in languages}
            found.append(Template(name=str(name), use=read["use"], words=by_language, picture=picture.read_bytes()))
    if collected:
        raise RegistryError(collected)
    return found
