"""Reports as a user has them read: ``load`` and ``extract``, results, messages, exit codes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
KEY = "westmarch-2018-06-19-focused-visit"


class TestLoad:
    """Files into the store."""

    def test_what_was_done_is_told(self, run: Run, three: Path, tmp_path: Path) -> None:
        place = str(tmp_path / "s")
        first = run("load", str(three), "--store", place)
        assert first.exit_code == 0
        assert (
            "3 reports read: 3 added, 0 replaced, 0 unchanged, 0 skipped, 0 failed." in first.stderr
        )
        assert first.stdout == ""
        again = run("load", str(three), "--store", place, "--jobs", "2")
        assert "0 added, 0 replaced, 3 unchanged" in again.stderr

    def test_a_bad_file_does_not_stop_the_others(
        self, run: Run, three: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
        (tmp_path / "evil.zip").write_bytes(_zip("../evil.pdf"))
        done = run("load", str(tmp_path / "bad.pdf"), str(tmp_path / "evil.zip"), "nowhere.pdf",
                   str(three), "--store", str(tmp_path / "s"))  # fmt: skip
        assert done.exit_code == 1
        failed = [line for line in done.stderr.splitlines() if line.startswith("Failed: ")]
        assert len(failed) == 3
        assert str(tmp_path / "bad.pdf") in failed[0]
        assert "points out of the zip" in failed[1]
        assert "nowhere.pdf: no such file" in failed[2]
        assert "3 added" in done.stderr

    def test_a_bad_correction_does_not_stop_the_others(
        self, run: Run, three: Path, tmp_path: Path
    ) -> None:
        name = "2023-05-09-westmarch-ilacs-inspection.html"
        shutil.copy(three / name, tmp_path / name)
        report = json.loads(run("extract", str(tmp_path)).stdout)
        place = str(tmp_path / "s")
        number, theme = next(
            (f["number"], t["id"]) for f in report["findings"] if f["number"] for t in f["themes"]
        )
        rows = (
            f"{name},{number},remove,{theme},,,A,B",
            f"{name},{number},remove,neglct,,,A,B",
            "nowhere,1,add,neglect,,,A,B",
        )
        header = "report,passage,action,theme,stance,instead_of,who,why"
        (tmp_path / "corrections.csv").write_text("\n".join((header, *rows, "")))
        done = run("load", str(tmp_path), "--store", place, "--quiet")
        assert done.exit_code == 1
        told = done.stderr.splitlines()
        assert len(told) == 2
        assert "line 3: the correction was not made: theme 'neglct' is not known." in told[0]
        assert "line 4: the correction was not made: name the stance, which add needs" in told[1]
        made = run("query", "corrections-made", "--store", place, "--format", "csv").stdout
        assert len(made.splitlines()) == 2
        warned = run("query", "warnings", "--store", place, "--format", "csv").stdout
        assert "line 3: the correction was not made" in warned
        assert "line 4" not in warned
        extracted = run("extract", str(tmp_path))
        assert extracted.exit_code == 1
        assert extracted.stderr.splitlines() == told
        assert any("line 3" in words for words in json.loads(extracted.stdout)["warnings"])

    def test_corrections_in_a_zip_are_made_and_rows_without_a_report_are_told(
        self, run: Run, three: Path, tmp_path: Path
    ) -> None:
        name = "2023-05-09-westmarch-ilacs-inspection.html"
        report = json.loads(run("extract", str(three / name)).stdout)
        number, theme = next(
            (f["number"], t["id"]) for f in report["findings"] if f["number"] for t in f["themes"]
        )
        path, place = tmp_path / "reports.zip", str(tmp_path / "s")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(three / name, f"2023/{name}")
            archive.writestr("2023/broken.pdf", b"%PDF-")
            archive.writestr(
                "corrections.csv",
                "report,passage,action,theme,stance,instead_of,who,why\n"
                f"{name},{number},remove,{theme},,,A,B\n"
                "broken.pdf,1,remove,neglect,,,A,B\n"
                "nowhere.pdf,1,remove,neglect,,,A,B\n",
            )
        done = run("load", str(path), "--store", place, "--quiet")
        told = [line for line in done.stderr.splitlines() if "corrections.csv" in line]
        assert [line.partition(", so")[0] for line in told] == [
            f"{path}/corrections.csv, line 3: no report 'broken.pdf' in the store",
            f"{path}/corrections.csv, line 4: no report 'nowhere.pdf' in the store",
        ]
        made = run("query", "corrections-made", "--store", place, "--format", "csv").stdout
        assert len(made.splitlines()) == 2

    def test_only_failures_are_told_when_quiet(self, run: Run, tmp_path: Path) -> None:
        done = run("load", "nowhere.pdf", "--store", str(tmp_path / "s"), "--quiet")
        assert done.stderr == "Failed: nowhere.pdf: no such file or folder.\n"

    def test_a_second_rendering_is_skipped_and_told(
        self, run: Run, three: Path, own: str, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.md"
        data = (three / "2018-07-12-westmarch-focused-visit.md").read_bytes()
        # Of two texts the one with the smaller digest is kept; this one's is larger.
        more = (data + b"\n" * n for n in range(1, 99))
        copy.write_bytes(next(m for m in more if _sha256(m) > _sha256(data)))
        done = run("load", str(copy), "--store", own)
        assert "(same inspection as 2018-07-12-westmarch-focused-visit.md)" in done.stderr

    def test_order_and_jobs_make_no_difference(self, run: Run, three: Path, tmp_path: Path) -> None:
        names = sorted(str(path) for path in three.iterdir())
        written = []
        for n, (order, jobs) in enumerate([(names, "1"), (names[::-1], "2")]):
            place = str(tmp_path / f"s{n}")
            run("load", *order, "--store", place, "--jobs", jobs)
            written.append(run("export", "--store", place, "--format", "nq").stdout_bytes)
        assert written[0] == written[1]
        assert written[0].count(b"\n") > 5000


class TestExtract:
    """Reports as plain data."""

    def test_a_line_for_each_report(self, run: Run, three: Path) -> None:
        done = run("extract", str(three), "--format", "jsonl")
        assert done.exit_code == 0
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [report["report_type"] for report in found] == [
            "focused-visit",
            "focused-visit",
            "ilacs",
        ]

    def test_offsets_are_into_the_text(self, run: Run, three: Path) -> None:
        for path in sorted(three.iterdir()):
            text = run("text", str(path)).stdout_bytes.decode()
            (report,) = [json.loads(line) for line in run("extract", str(path)).stdout.splitlines()]
            evidence = [e for finding in report["findings"] for e in finding["evidence"]]
            assert evidence
            for each in evidence:
                assert text[each["start"] : each["end"]] == each["text"]

    def test_other_forms_hold_the_same(self, run: Run, three: Path) -> None:
        lines = [json.loads(line) for line in run("extract", str(three)).stdout.splitlines()]
        assert json.loads(run("extract", str(three), "--format", "json").stdout) == lines
        rows = list(
            csv.DictReader(io.StringIO(run("extract", str(three), "--format", "csv").stdout))
        )
        passages = sum(len(r["findings"]) + len(r["recommendations"]) for r in lines)
        assert len(rows) == passages

    def test_a_bad_file_gives_no_line(self, run: Run, three: Path, tmp_path: Path) -> None:
        (tmp_path / "bad.pdf").write_bytes(b"")
        done = run("extract", str(tmp_path / "bad.pdf"), str(three))
        assert done.exit_code == 1
        assert len(done.stdout.splitlines()) == 3
        assert done.stderr.startswith(f"Failed: {tmp_path / 'bad.pdf'}: ")
        assert run("extract", str(tmp_path / "bad.pdf"), "--format", "json").stdout == "[]\n"

    def test_text_wants_one_file(self, run: Run, three: Path) -> None:
        done = run("text", str(three))
        assert done.exit_code == 1
        assert "holds 3 reports; name one file" in done.stderr


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _zip(name: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, b"x")
    return data.getvalue()
