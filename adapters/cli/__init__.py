"""The command line as a front end: the same use cases, one person at a terminal."""

from adapters.cli.generate import Generate, GenerateOptions, generation_messenger
from adapters.cli.local_files import LocalFileSource
from adapters.cli.messenger import CliMessenger
from adapters.cli.models import ListModels, ModelsOptions
from adapters.cli.price import PriceOptions, TellPrice
from adapters.cli.progress import progress_line
from adapters.cli.read import Read, ReadOptions
from adapters.cli.runs import Drive, RequestRuns
from adapters.cli.sample_files import sample_file
from adapters.cli.sanity import Sanity, SanityOptions, sanity_messenger
from adapters.cli.terminal import Terminal
from adapters.cli.validate import Validate, ValidateOptions
from adapters.cli.words import TerminalWords, locale_language

__all__ = [
    "CliMessenger",
    "Drive",
    "Generate",
    "GenerateOptions",
    "ListModels",
    "LocalFileSource",
    "ModelsOptions",
    "PriceOptions",
    "Read",
    "ReadOptions",
    "RequestRuns",
    "Sanity",
    "SanityOptions",
    "TellPrice",
    "Terminal",
    "TerminalWords",
    "Validate",
    "ValidateOptions",
    "generation_messenger",
    "locale_language",
    "progress_line",
    "sample_file",
    "sanity_messenger",
]
