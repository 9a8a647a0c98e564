"""What every instance reads when it starts, read by the fork server before it forks: a second of work, hundreds of times."""

import gc

from adapters.fluent_texts import load_texts
from config.packaged import packaged_catalog, packaged_vocabulary
from config.wishes import local_reader

load_texts()
packaged_vocabulary()
local_reader(packaged_catalog())

gc.freeze()  # as the service does: what is shared is not looked through in each of them
