"""Another inspectorate's reports as a graph under the core: all that is needed is RDFLib.

python harbours.py *.txt > reports.ttl
themegraph add profile.ttl reports.ttl
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD

OA = Namespace("http://www.w3.org/ns/oa#")
TG = Namespace("https://w3id.org/themegraph/ontology#")
WORDS = Namespace("https://w3id.org/themegraph/vocab/")  # stances, roles, scopes: what all share
HERE = Namespace("https://example.org/harbours/")
ORDER = URIRef("https://example.org/harbours/terms#Order")
SIGNS = {"+": ("strength", TG.identifiesStrengthIn), "-": ("weakness", TG.identifiesWeaknessIn),
         "~": ("mixed", TG.isMixedOn)}  # fmt: skip
ENTRY = re.compile(
    r"^(?P<mark>[+~-]|\d+\.) (?P<words>.+) \[(?P<theme>.+); (?P<service>.+)\]$", re.M
)


def slug(words: str) -> str:
    return words.strip().lower().replace(" ", "-")


def add_report(graph: Graph, name: str, data: bytes) -> None:
    """Add what the report in ``data`` says to ``graph``; ``name`` is the name of its file."""
    text = data.decode("utf-8")
    head = dict(re.findall(r"^(\w+): (.+)$", text, re.MULTILINE))
    key = name.removesuffix(".txt")
    first, _, last = head["Visited"].partition(" to ")
    harbour = HERE[f"harbour/{slug(head['Harbour'])}"]
    inspection, report = HERE[f"inspection/{key}"], HERE[f"report/{key}"]
    file, canonical = HERE[f"file/{key}"], HERE[f"text/{key}"]
    digest = Literal(hashlib.sha256(data).hexdigest())

    def say(subject: URIRef, **values: object) -> None:
        for predicate, value in values.items():
            node = value if isinstance(value, URIRef | Literal) else Literal(value)
            graph.add((subject, TG[predicate], node))

    def place(subject: URIRef, start: int, end: int) -> None:
        say(subject, onPage=1, startOffset=start, endOffset=end)

    graph.add((inspection, RDF.type, TG.Inspection))
    say(inspection, inspects=harbour, underFramework=HERE["framework/2022"], produced=report,
        scope=WORDS["scope/whole"], startDate=Literal(first, datatype=XSD.date),
        endDate=Literal(last, datatype=XSD.date),
        inspectionDate=Literal(first, datatype=XSD.date))  # fmt: skip
    part, person = HERE[f"participation/{key}"], HERE[f"person/{slug(head['Inspector'])}"]
    graph.add((part, RDF.type, TG.Participation))
    graph.add((person, RDF.type, TG.Inspector))
    graph.add((person, RDFS.label, Literal(head["Inspector"])))
    say(inspection, hasParticipation=part)
    say(part, participant=person, inRole=WORDS["role/lead"], onBehalfOf=HERE["inspectorate"])

    graph.add((report, RDF.type, TG.Report))
    graph.add((report, DCTERMS.title, Literal(f"{head['Harbour']}: harbour inspection")))
    say(report, reportType=HERE["report-type/harbour-inspection"], sourceFile=file,
        extractedText=canonical, published=Literal(head["Published"], datatype=XSD.date),
        publishedSource="printed")  # fmt: skip
    graph.add((file, RDF.type, TG.SourceFile))
    say(file, fileName=name, mediaType="text/plain", pageCount=1, sha256=digest)
    graph.add((canonical, RDF.type, TG.ExtractedText))
    say(canonical, extractedFrom=file, characterCount=len(text), sha256=digest,
        extractedWith="harbours.py 1.0")  # fmt: skip

    for area in ("Overall", "Pilotage", "Moorings"):
        row = re.search(rf"^{area}: (.+)$", text, re.MULTILINE)
        assert row is not None, f"{name}: no grade for {area}"
        judgement = HERE[f"judgement/{key}/{slug(area)}"]
        graph.add((judgement, RDF.type, TG.Judgement))
        say(inspection, hasJudgement=judgement)
        say(judgement, area=HERE[f"area/{slug(area)}"], grade=HERE[f"grade/{slug(row[1])}"],
            quotation=row[0])  # fmt: skip
        place(judgement, *row.span())

    sections = {}
    for n, heading in enumerate(("OBSERVATIONS", "ORDERS"), 1):
        section = HERE[f"section/{key}/{n}"]
        sections[heading] = section
        graph.add((section, RDF.type, TG.Section))
        say(report, hasSection=section)
        say(section, heading=heading, ordinal=n, sectionKind=WORDS["section-kind/findings"])
        start = text.index(f"\n{heading}\n") + 1
        place(section, start, start + len(heading))

    for n, entry in enumerate(ENTRY.finditer(text), 1):
        theme, service = HERE[f"theme/{entry['theme']}"], HERE[f"service/{entry['service']}"]
        start, end = entry.span("words")
        if entry["mark"] in SIGNS:
            stance, takes = SIGNS[entry["mark"]]
            finding, evidence = HERE[f"finding/{key}/{n}"], HERE[f"evidence/{key}/{n}"]
            selector = URIRef(f"{evidence}#selector")
            graph.add((finding, RDF.type, TG.Finding))
            graph.add((finding, takes, theme))
            say(report, hasFinding=finding)
            say(finding, text=entry["words"], inSection=sections["OBSERVATIONS"], hasTheme=theme,
                aboutServiceArea=service, stance=WORDS[f"stance/{stance}"],
                supportedBy=evidence)  # fmt: skip
            place(finding, start, end)
            graph.add((evidence, RDF.type, TG.Evidence))
            graph.add((evidence, OA.hasSource, canonical))
            graph.add((evidence, OA.hasSelector, selector))
            say(evidence, onPage=1, hasTheme=theme, stance=WORDS[f"stance/{stance}"])
            graph.add((selector, RDF.type, OA.TextPositionSelector))
            graph.add((selector, RDF.type, OA.TextQuoteSelector))
            graph.add((selector, OA.start, Literal(start)))
            graph.add((selector, OA.end, Literal(end)))
            graph.add((selector, OA.exact, Literal(entry["words"])))
        else:
            number = int(entry["mark"].rstrip("."))
            order = HERE[f"order/{key}/{number}"]
            for kind in (ORDER, TG.RequiredAction, TG.Recommendation):
                graph.add((order, RDF.type, kind))
            say(report, hasRecommendation=order)
            say(order, text=entry["words"], printedNumber=number, inSection=sections["ORDERS"],
                hasTheme=theme, aboutServiceArea=service, addressedTo=harbour,
                addresseeKind=WORDS["addressee/authority"],
                recommendationSource=HERE["source/orders"])  # fmt: skip
            place(order, start, end)


def main() -> None:
    graph = Graph()
    graph.bind("tg", TG)
    for name in sys.argv[1:]:
        add_report(graph, Path(name).name, Path(name).read_bytes())
    print(graph.serialize(format="turtle"), end="")


if __name__ == "__main__":
    main()
