"""The index of the decisions names each record once."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "adr"


def test_the_index_lists_every_decision_with_its_title() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\(([0-9]{4}-[a-z0-9-]+\.md)\) \| (.+) \|", index))
    titles = {
        record.name: record.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").partition(". ")[2]
        for record in FOLDER.glob("[0-9]*.md")
    }
    assert listed == titles
