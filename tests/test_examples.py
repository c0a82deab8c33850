"""The example reports: each is read as its source tells, and is made again to the byte."""

from __future__ import annotations

import json
import re
import runpy
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from themegraph.extract import Json, report_to_dict
from themegraph.ids import squash
from themegraph.loaders.report import read_report

EXAMPLES = files("themegraph.examples")
# The two tables beside them are no reports.
REPORTS = sorted(
    file.name for file in EXAMPLES.joinpath("reports").iterdir() if not file.name.endswith(".csv")
)
EXPECTED = json.loads(EXAMPLES.joinpath("expected.json").read_text(encoding="utf-8"))
SCRIPT = Path(__file__).parent.parent / "scripts" / "make_examples.py"
AS_READ = ("report_type", "inspection_start", "inspection_end", "published", "published_source")


def summary(read: Json) -> Json:
    """What ``expected.json`` tells of a report, taken from how it was read."""
    return {
        **{name: read[name] for name in AS_READ},
        "authority": read["authority"]["name"],
        "judgements": {judgement["area"]: judgement["grade"] for judgement in read["judgements"]},
        "recommendations": len(read["recommendations"]),
        "findings": len(read["findings"]),
        "inspectors": [{"name": p["name"], "role": p["role"]} for p in read["inspectors"]],
    }


def read(name: str) -> Json:
    data = EXAMPLES.joinpath("reports").joinpath(name).read_bytes()
    found: Json = json.loads(json.dumps(report_to_dict(read_report(data, name))))
    return found


def test_no_report_is_without_an_expectation() -> None:
    assert sorted(EXPECTED) == REPORTS


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_as_it_was_written(name: str) -> None:
    found = read(name)
    assert summary(found) == EXPECTED[name]
    assert found["warnings"] == []


def written(name: str) -> dict[str, list[str]]:
    """The paragraphs of a report's source by what they are marked as, squashed."""
    source = EXAMPLES.joinpath("source").joinpath(f"{name.rsplit('.', 1)[0]}.md")
    body = source.read_text(encoding="utf-8").split("+++")[2]
    marked: dict[str, list[str]] = {"findings": [], "recommendations": []}
    kind = ""
    for paragraph in body.split("\n"):
        if re.match(r"@|#+ ", paragraph):
            mark = re.search(r"\{(\w+)[^}]*\}", paragraph)
            kind = mark.group(1) if mark else kind if paragraph == "@pagebreak" else ""
        elif kind in marked:
            words = squash(re.sub(r"^\s*(?:[-*]|#\.|\d+\.)\s+", "", paragraph))
            marked[kind] += [words] if len(words) > 60 else []
    return marked


@pytest.mark.parametrize("name", REPORTS)
def test_no_paragraph_is_lost_or_taken_for_another_kind(name: str) -> None:
    found, source = read(name), written(name)
    assert source["findings"]
    findings = [squash(item["text"]) for item in found["findings"]]
    asked = [squash(" ".join([r["text"], *r["items"]])) for r in found["recommendations"]]
    for words in source["findings"]:
        assert sum(words in text for text in findings) == 1, words
        assert not any(words in text for text in asked), words
    for words in source["recommendations"]:
        assert sum(words in text for text in asked) == 1, words


@pytest.mark.skipif(not SCRIPT.exists(), reason="the scripts are in the checkout alone")
def test_the_script_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    made = runpy.run_path(str(SCRIPT))["make_examples"](tmp_path)
    assert len(made) == len(REPORTS) + 1
    for path in made:
        kept = EXAMPLES
        for part in path.relative_to(tmp_path).parts:
            kept = kept.joinpath(part)
        assert path.read_bytes() == kept.read_bytes(), path.name
    for module in [name for name in sys.modules if name.startswith("examples_")]:
        monkeypatch.delitem(sys.modules, module)
