"""The plain-data form keeps the names of the contract and the spans of every quotation."""

from __future__ import annotations

import dataclasses
import json

from themegraph.extract import PASSAGE_COLUMNS, passages, report_to_dict, report_to_line
from themegraph.model import Report

CONTRACT = {
    "source", "authority", "report_type", "inspection_start", "inspection_end", "published",
    "published_source", "inspectors", "judgements", "previous_judgements", "sections",
    "recommendations", "findings", "statistics", "warnings",
}  # fmt: skip


def test_every_promised_field_is_there(reports: tuple[Report, ...]) -> None:
    data = report_to_dict(reports[0])
    assert set(data) >= CONTRACT
    assert set(data["source"]) == {"file", "sha256", "media_type", "pages"}
    assert set(data["authority"]) >= {"id", "name", "urn", "gss"}
    assert set(data["findings"][0]) >= {
        "number", "section", "text", "page", "recommendation_marker", "polarity", "themes",
        "services", "evidence",
    }  # fmt: skip
    assert set(data["findings"][0]["evidence"][0]) >= {
        "text", "page", "start", "end", "polarity", "themes", "kind",
    }  # fmt: skip
    assert set(data["recommendations"][0]) >= {
        "number", "source", "text", "page", "items", "addressee", "themes", "services",
    }  # fmt: skip
    assert set(data["statistics"][0]) >= {"value", "unit", "what", "as_of", "page", "quote"}


def test_values(reports: tuple[Report, ...]) -> None:
    data = report_to_dict(reports[0])
    assert data["inspection_start"] == "2016-03-07"
    assert data["statistics"][0]["value"] == 41
    assert isinstance(data["statistics"][0]["value"], int)
    assert data["recommendations"][0]["items"] == ["once a month", "and before each review"]
    assert data["findings"][0]["themes"][0]["id"] == "management-oversight"
    assert report_to_dict(reports[2])["published"] is None


def test_quotations_stand_at_their_offsets(reports: tuple[Report, ...]) -> None:
    checked = 0
    for report in reports:
        data = report_to_dict(report)
        quoted = [(e["text"], e) for f in data["findings"] for e in f["evidence"]]
        quoted += [(j["quote"], j) for j in data["judgements"] + data["previous_judgements"]]
        quoted += [(s["quote"], s) for s in data["statistics"]]
        for words, place in quoted:
            assert report.text[place["start"] : place["end"]] == words
            checked += 1
    assert checked == 15


def test_a_line_is_one_line_of_json_that_reads_back(reports: tuple[Report, ...]) -> None:
    for report in reports:
        line = report_to_line(report)
        assert "\n" not in line
        assert json.loads(line) == json.loads(json.dumps(report_to_dict(report)))


def test_no_program_breaks_a_line_in_two(reports: tuple[Report, ...]) -> None:
    report = dataclasses.replace(reports[0], title="one\u2028two\x85three\u2029")
    line = report_to_line(report)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["title"] == report.title


def test_passages_are_flat_rows(reports: tuple[Report, ...]) -> None:
    rows = list(passages(map(report_to_dict, reports)))
    assert [len(row) for row in rows] == [len(PASSAGE_COLUMNS)] * 10
    assert rows[0][4:7] == ("recommendation", 1, "Recommendations")
