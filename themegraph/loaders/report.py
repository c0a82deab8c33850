"""A file's bytes to a Report: recognises the format, reads the blocks, and composes the parts."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping

from themegraph.errors import NotAReportError, UnreadableSourceError
from themegraph.loaders.blocks import Block
from themegraph.loaders.document import Document
from themegraph.loaders.families import UNKNOWN, Family, classify
from themegraph.loaders.findings import read_findings
from themegraph.loaders.formats import read_document
from themegraph.loaders.history import read_history
from themegraph.loaders.judgements import Judged, read_judgements
from themegraph.loaders.outline import SUMMARY, Outline, build_outline
from themegraph.loaders.particulars import read_authority, read_dates, read_published, read_title
from themegraph.loaders.recommendations import read_recommendations
from themegraph.loaders.rules import fold, patterns
from themegraph.loaders.statistics import read_statistics
from themegraph.loaders.team import read_team
from themegraph.model import Report, ReportType, Source
from themegraph.ontology.vocab import framework_for, frameworks

#: Kinds of report of which not all name who inspected.
WITHOUT_TEAM: tuple[ReportType, ...] = ("jtai", "other")
#: An address that may stand in the graph and behind a link.
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
#: So many pages in a row without a word are not blank backs of leaves.
BARE_PAGES = 2


def read_report(data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Report:
    """The report in ``data``; ``name`` is the file's name.

    ``metadata`` is the file's row in a table given beside the files; its ``published`` (ISO 8601)
    stands in where the report prints no date, and its ``address`` says where the file can be
    opened.

    Raises UnreadableSourceError when the bytes are no readable document, and NotAReportError when
    the document is not an inspection report.
    """
    media_type, document = read_document(data, name)
    first_page = " ".join(b.text for b in document.blocks if b.page == 1 and b.kind != "footnote")
    family = classify(first_page[:6000], document.text)
    if family is None:
        raise NotAReportError(
            f"{name}: is not an inspection report of children's services in England. "
            "Check that the right file was downloaded."
        )
    address = _given_address(metadata, name)
    digest, licence = hashlib.sha256(data).hexdigest(), read_licence(document.text)
    source = Source(name, digest, media_type, document.pages, address, licence)
    report = _compose(document, source, family, _given_date(metadata, name))
    if family == UNKNOWN and not (report.findings or report.recommendations or report.judgements):
        raise NotAReportError(
            f"{name}: is not an inspection report of children's services in England: it has no "
            "title of a known kind, and neither a judgement nor a finding nor a recommendation was "
            "found in it. Check that the right file was downloaded."
        )
    return report


def read_licence(text: str) -> str | None:
    """The licence under which a report says it may be reused, as an IRI; None where it has none."""
    folded = fold(text)
    found = (row["licence"] for pattern, row in patterns("licences.csv") if pattern.search(folded))
    return next(found, None)


def _given_date(metadata: Mapping[str, str] | None, name: str) -> dt.date | None:
    given = (metadata or {}).get("published")
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise UnreadableSourceError(
            f"{name}: the table beside it gives published as {given!r}. "
            "Write the date as year-month-day (2024-06-13)."
        ) from None


def _given_address(metadata: Mapping[str, str] | None, name: str) -> str | None:
    given = (metadata or {}).get("address", "").strip()
    if given and not _ADDRESS.fullmatch(given):
        raise UnreadableSourceError(
            f"{name}: the table beside it gives address as {given!r}. "
            "Write the whole address of the file, with https:// before it and %20 for a space."
        )
    return given or None


def _compose(document: Document, source: Source, family: Family, given: dt.date | None) -> Report:
    report_type = family.type
    outline = build_outline(list(document.blocks), report_type)
    title = read_title(document, report_type)
    published, published_source = read_published(document, report_type, source.file, given)
    inspected = read_dates(document, report_type, published)
    cover = _cover(document, outline)
    judged = read_judgements(document, report_type, cover)
    recommended = read_recommendations(document, outline, report_type)
    findings = read_findings(document, outline, report_type)
    inspectors, other_people = read_team(document, outline, report_type)
    authority = read_authority(document, report_type, title, inspected.start)
    areas: set[str] = {judgement.area for judgement in judged.judgements}
    framework = family.framework or framework_of(report_type, inspected.start, areas)
    warnings = [
        *judged.warnings,
        *_not_graded(report_type, framework, judged),
        *recommended.warnings,
        *_number_gaps(outline),
    ]
    if authority is None:
        warnings.append("no authority was found")
    if inspected.start is None:
        warnings.append("no inspection dates were found")
    if published and inspected.end and published < inspected.end:
        warnings.append(f"the date of publication, {published}, is before the inspection ended")
    if not findings:
        warnings.append("no findings were found")
    if not inspectors and report_type not in WITHOUT_TEAM:
        warnings.append("no inspector was found")
    warnings += _bare_pages(document)
    warnings += [f"heading not known: {text!r}" for text in outline.unknown]
    return Report(
        source=source,
        title=title,
        report_type=report_type,
        authority=authority,
        inspection_start=inspected.start,
        inspection_end=inspected.end,
        published=published,
        published_source=published_source,
        text=document.text,
        page_starts=document.page_starts,
        framework=framework,
        periods=inspected.periods,
        dates_inferred=inspected.inferred,
        inspectors=inspectors,
        other_people=other_people,
        judgements=judged.judgements,
        previous_judgements=tuple(read_history(document, outline)),
        sections=outline.sections,
        recommendations=recommended.recommendations,
        findings=tuple(findings),
        statistics=tuple(read_statistics(document, outline)),
        not_judged=judged.not_judged,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _cover(document: Document, outline: Outline) -> list[Block]:
    """The blocks of the first page before the first section that is not the table's own heading."""
    first = next((s for s in outline.sections if s.kind != "other"), None)
    summary = next(
        (p.block for p in outline.passages if p.section == SUMMARY and p.content == "findings"),
        None,
    )
    ends = [x.start for x in (first.span if first else None, summary) if x is not None]
    limit = min(ends, default=len(document.text))
    return [b for b in document.blocks if b.page <= 2 and b.start < limit]


def _bare_pages(document: Document) -> list[str]:
    """A warning for pages without text: scanned ones, among pages that can be read."""
    written = {f.page for block in document.blocks for f in block.fragments}
    bare = sorted(set(range(1, document.pages + 1)) - written)
    inner = [page for page in bare if page < max(written, default=0)]
    if len(inner) < BARE_PAGES:
        return []
    return [f"pages without text, perhaps scanned: {', '.join(map(str, inner))}"]


def _number_gaps(outline: Outline) -> list[str]:
    """A warning for printed paragraph numbers that were passed over.

    Numbers go on from the recommendations to the findings, or begin again with a list.
    """
    series: list[list[int]] = []
    for number in (p.block.number for p in outline.passages if p.block.number is not None):
        if not series or number < series[-1][-1]:
            series.append([1] if not series else [number])
        series[-1].append(number)
    missing = sorted(
        {gap for found in series for gap in set(range(found[0], max(found))) - set(found)}
    )
    return [f"printed paragraph numbers not found: {missing}"] if missing else []


def framework_of(report_type: ReportType, day: dt.date | None, areas: set[str]) -> str:
    """The framework version (an id of frameworks.csv) an inspection was held under.

    ILACS versions are told by the rows of the table of judgements, since inspections near a turning
    point were held under either; the others by the type and the day the inspection began.
    """
    by_date = framework_for(report_type, day)
    if report_type == "ilacs" and areas:
        if "in-care-and-care-leavers" in areas:
            return "ilacs-2018"
        if "overall" in areas:
            return "ilacs-2023"
        # A row that was not read must not pass for one that is not printed.
        return by_date
    return by_date


def _not_graded(report_type: ReportType, framework: str, judged: Judged) -> list[str]:
    """A warning for the areas that the framework has graded, of which no grade was read.

    Of a report of an unknown kind only some grade is expected.
    """
    if report_type == "other":
        return [] if judged.judgements else ["no grade was read"]
    expected = next((f.areas for f in frameworks() if f.id == framework), ())
    known = {*(j.area for j in judged.judgements), *judged.not_judged}
    missing = [area for area in expected if area not in known]
    return [f"no grade was read for: {', '.join(missing)}"] if missing else []
