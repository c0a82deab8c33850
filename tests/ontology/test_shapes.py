"""The shapes: a good report conforms, and each fault gives the message meant for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.namespace import OWL, RDF, RDFS, SH

from themegraph.graph.validate import validate_report
from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.bodies import authorities_graph
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph, shapes_graph

BASE = DEFAULT_BASE
TG = Namespace(f"{BASE}ontology#")
GOOD = Graph().parse(Path(__file__).parent / "good-report.ttl")
WORDS = vocabulary_graph(BASE)
SHAPES = shapes_graph(BASE)
PROLOGUE = Namespaces(BASE).prologue() + "".join(
    f"PREFIX {name}: <{BASE}id/{path}>\n"
    for name, path in {
        "find": "finding/k/",
        "rec": "recommendation/k/",
        "evi": "evidence/k/10/",
        "judge": "judgement/k/",
        "recall": "previous-judgement/k/",
        "stat": "statistic/k/",
        "part": "participation/k/",
    }.items()
)
PROLOGUE += f"PREFIX old: <{BASE}vocab/grade/pre-2013/>\n"
PROLOGUE += "".join(
    f"PREFIX {name}: <{BASE}vocab/{name}/>\n"
    for name in ("area", "grade", "role", "theme", "stance")
)


def findings_of(graph: Graph) -> dict[str, set[str]]:
    """Messages by severity that validation of ``graph``, as a report is validated, gives."""
    found: dict[str, set[str]] = {}
    for problem in validate_report(("k", graph.serialize(format="nt"))):
        found.setdefault(problem.severity, set()).add(problem.message)
    return found


def broken(update: str) -> Graph:
    """The good report after ``update``, a SPARQL update."""
    graph = Graph() + GOOD
    before = set(graph)
    graph.update(PROLOGUE + update)
    assert set(graph) != before, "the update changes nothing"
    return graph


def test_shapes_are_valid_shacl() -> None:
    conforms, _, text = validate(GOOD + WORDS, shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


def test_good_report_conforms_without_a_warning() -> None:
    assert findings_of(GOOD) == {}


def test_bodies_that_ship_conform() -> None:
    assert findings_of(authorities_graph(BASE)) == {}


def test_every_class_has_a_shape_or_all_that_is_under_it_has() -> None:
    """What is only ever said together with a class above it is checked as that one."""
    ontology, targets = ontology_graph(BASE), set(SHAPES.objects(predicate=SH.targetClass))
    as_above = {TG.AreaForImprovement, TG.AreaForPriorityAction, TG.RequiredAction}
    assert all((cls, RDFS.subClassOf, TG.Recommendation) in ontology for cls in as_above)
    classes = {c for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(str(TG))}
    assert len(classes) > 50
    for cls in classes - targets - as_above:
        under = set(ontology.subjects(RDFS.subClassOf, cls))
        assert under, f"{cls} has no shape"
        assert under <= classes


def test_vocabularies_conform_to_the_shapes_of_concepts() -> None:
    conforms, _, text = validate(WORDS, shacl_graph=SHAPES)
    assert conforms, text


def test_every_property_that_the_shapes_name_is_in_the_ontology() -> None:
    declared = set(ontology_graph(BASE).subjects())
    named = {node for triple in SHAPES for node in triple if str(node).startswith(str(TG))}
    assert {str(node) for node in named if node != TG[""] and node not in declared} <= {str(TG)}


def test_every_shape_speaks_plain_english() -> None:
    constraints = set(SHAPES.objects(predicate=SH.property)) | set(
        SHAPES.objects(predicate=SH.sparql)
    )
    assert len(constraints) > 100
    for each in constraints:
        message = str(SHAPES.value(each, SH.message))
        assert message[0].isupper() or message.startswith("{?value}")
        assert message.endswith(".")
        assert "sh:" not in message
    for each in SHAPES.objects(predicate=SH.property):
        assert SHAPES.value(each, SH.severity) in (SH.Violation, SH.Warning)


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (
            "DELETE WHERE { ?r dcterms:title ?t }",
            "A report must have exactly one title.",
        ),
        (
            "DELETE WHERE { ?r tg:sourceFile ?f }",
            "A report must name the file it was read from.",
        ),
        (
            "DELETE WHERE { ?i tg:produced ?r }",
            "A report must be produced by an inspection.",
        ),
        (
            'DELETE { ?r tg:published ?d } INSERT { ?r tg:published "June 2017" }'
            " WHERE { ?r tg:published ?d }",
            "A publication date must be one full date.",
        ),
        (
            "DELETE WHERE { ?r tg:publishedSource ?s }",
            "A report with a publication date must say where the date comes from.",
        ),
        (
            'DELETE { ?r tg:publishedSource ?s } INSERT { ?r tg:publishedSource "guess" }'
            " WHERE { ?r tg:publishedSource ?s }",
            "The source of a publication date must be printed, metadata or file-name.",
        ),
        (
            "INSERT { ?i tg:inspectionDate 'March 2017' } WHERE { ?i a tg:Inspection }",
            "The day by which an inspection takes its place in time must be one full date.",
        ),
        (
            "DELETE { find:10 tg:endOffset ?e } INSERT { find:10 tg:endOffset 999999 }"
            " WHERE { find:10 tg:endOffset ?e }",
            f"{BASE}id/finding/k/10 ends after the end of the text.",
        ),
        (
            "DELETE { judge:overall tg:endOffset ?e } INSERT { judge:overall tg:endOffset 61 }"
            " WHERE { judge:overall tg:endOffset ?e }",
            f"The words of {BASE}id/judgement/k/overall are not as long as its offsets say.",
        ),
        (
            "DELETE { judge:overall tg:onPage ?p } INSERT { judge:overall tg:onPage 4 }"
            " WHERE { judge:overall tg:onPage ?p }",
            f"{BASE}id/judgement/k/overall is said to be on page 4, but the file has fewer pages.",
        ),
        (
            "DELETE WHERE { ?i tg:inspects ?a }",
            "An inspection must name the authority inspected.",
        ),
        (
            "DELETE { ?i tg:underFramework ?f } INSERT { ?i tg:underFramework grade:sif }"
            " WHERE { ?i tg:underFramework ?f }",
            "An inspection must be under exactly one framework, from the vocabulary of frameworks.",
        ),
        (
            'DELETE { ?i tg:endDate ?d } INSERT { ?i tg:endDate "2017-03-01"^^xsd:date }'
            " WHERE { ?i a tg:Inspection ; tg:endDate ?d }",
            "An inspection must not start after it ends, and its start must be one full date.",
        ),
        (
            'DELETE { ?i tg:endDate ?d } INSERT { ?i tg:endDate "2017-03-01"^^xsd:date }'
            " WHERE { ?i a tg:Period ; tg:endDate ?d }",
            "A period of an inspection must have one first day, not after its last.",
        ),
        (
            "DELETE WHERE { judge:overall tg:area ?a }",
            "A judgement must be of exactly one area, from the vocabulary of areas.",
        ),
        (
            "DELETE { ?j tg:grade ?g } INSERT { ?j tg:grade <https://example.org/splendid> }"
            " WHERE { ?j a tg:Judgement ; tg:grade ?g }",
            "A judgement must give exactly one grade, from a vocabulary of grades.",
        ),
        (
            "DELETE { judge:overall tg:grade ?g }"
            " INSERT { judge:overall tg:grade old:adequate }"
            " WHERE { judge:overall tg:grade ?g }",
            f"The judgement {BASE}id/judgement/k/overall has the grade"
            f" {BASE}vocab/grade/pre-2013/adequate, which the inspection's framework does not use.",
        ),
        (
            "DELETE WHERE { judge:overall tg:quotation ?q }",
            f"The judgement {BASE}id/judgement/k/overall gives a grade without the words, page and"
            " offsets that say so.",
        ),
        (
            "DELETE WHERE { judge:overall tg:onPage ?p }",
            f"The judgement {BASE}id/judgement/k/overall gives a grade without the words, page and"
            " offsets that say so.",
        ),
        (
            "DELETE { judge:adoption tg:area ?a } INSERT { judge:adoption tg:area area:overall }"
            " WHERE { judge:adoption tg:area ?a }",
            f"The inspection gives two judgements of {BASE}vocab/area/overall.",
        ),
        (
            "INSERT { ?i tg:hasJudgement ?p }"
            " WHERE { ?i a tg:Inspection . ?p a tg:PreviousJudgement }",
            "What an inspection has as a judgement must be one, and a grade recalled from an"
            " earlier inspection is not.",
        ),
        (
            "DELETE WHERE { ?p a tg:PreviousJudgement ; tg:quotation ?q }",
            "What a report recalls as an earlier judgement must be one.",
        ),
        (
            'DELETE { ?p tg:judgedOn ?d } INSERT { ?p tg:judgedOn "January 2014" }'
            " WHERE { ?p tg:judgedOn ?d }",
            "The date of a previous judgement must be one day, month or year.",
        ),
        (
            "DELETE { ?p tg:quotation ?q } INSERT { ?p tg:quotation '' }"
            " WHERE { ?p a tg:PreviousJudgement ; tg:quotation ?q }",
            "A previous judgement must quote the words that recall it.",
        ),
        (
            "DELETE WHERE { find:10 tg:text ?t }",
            "A finding must have exactly one text, and not an empty one.",
        ),
        (
            "DELETE { find:10 tg:onPage ?p } INSERT { find:10 tg:onPage 0 }"
            " WHERE { find:10 tg:onPage ?p }",
            "A finding must say on which page it begins: one whole number, 1 or more.",
        ),
        (
            "DELETE { find:10 tg:onPage ?p } INSERT { find:10 tg:onPage 4 }"
            " WHERE { find:10 tg:onPage ?p }",
            f"{BASE}id/finding/k/10 is said to be on page 4, but the file has fewer pages.",
        ),
        (
            "DELETE WHERE { find:10 tg:inSection ?s }",
            "A finding must stand in exactly one section.",
        ),
        (
            "DELETE WHERE { ?r tg:hasSection ?s }",
            f"{BASE}id/finding/k/10 is in a section that its report does not have.",
        ),
        (
            "DELETE WHERE { find:10 tg:supportedBy ?e }",
            "A finding must be supported by at least one passage of evidence.",
        ),
        (
            "INSERT DATA { find:10 tg:hasTheme theme:sunshine }",
            "What a finding has as a theme must be in the vocabulary of themes.",
        ),
        (
            "DELETE WHERE { find:10 tg:hasTheme ?t }",
            f"The finding {BASE}id/finding/k/10 takes a stance on a theme and does not state the"
            " theme with tg:hasTheme.",
        ),
        (
            "INSERT DATA { find:10 tg:identifiesStrengthIn theme:supervision }",
            f"The finding {BASE}id/finding/k/10 sees both a strength and a weakness in"
            f" {BASE}vocab/theme/supervision: say that it is mixed.",
        ),
        (
            "INSERT DATA { find:10 tg:stance stance:strength }",
            "A finding must not have more than one stance, and it must be in the vocabulary of"
            " stances.",
        ),
        (
            "DELETE { find:10 tg:endOffset ?e } INSERT { find:10 tg:endOffset 119 }"
            " WHERE { find:10 tg:endOffset ?e }",
            "A finding must have one start offset, 0 or more and not after its end offset.",
        ),
        (
            "DELETE WHERE { ?r tg:hasFinding ?f }",
            "A finding must belong to a report.",
        ),
        (
            "DELETE WHERE { evi:1 oa:hasSource ?t }",
            "A passage of evidence must name the text it stands in.",
        ),
        (
            "INSERT DATA { tgid:other a tg:ExtractedText } ; DELETE { evi:1 oa:hasSource ?t }"
            " INSERT { evi:1 oa:hasSource tgid:other } WHERE { evi:1 oa:hasSource ?t }",
            f"The passage {BASE}id/evidence/k/10/1 quotes the text of another report.",
        ),
        (
            "DELETE WHERE { evi:1 oa:hasSelector ?s }",
            "A passage of evidence must have exactly one selector, by position and by quotation.",
        ),
        (
            "DELETE { ?s oa:exact ?q } INSERT { ?s oa:exact '' }"
            " WHERE { evi:1 oa:hasSelector ?s . ?s oa:exact ?q }",
            "A quotation must have its exact words, and they must not be empty.",
        ),
        (
            "DELETE { ?s oa:exact ?q } INSERT { ?s oa:exact 'Supervision is very rare.' }"
            " WHERE { evi:1 oa:hasSelector ?s . ?s oa:exact ?q }",
            f"The quotation of {BASE}id/evidence/k/10/1 is not as long as its offsets say.",
        ),
        (
            "DELETE { ?s oa:end ?e } INSERT { ?s oa:end 120 }"
            " WHERE { evi:1 oa:hasSelector ?s . ?s oa:end ?e }",
            "A quotation must start at one offset, 0 or more and before its end.",
        ),
        (
            "DELETE { ?t tg:characterCount ?n } INSERT { ?t tg:characterCount 130 }"
            " WHERE { ?t tg:characterCount ?n }",
            f"The passage {BASE}id/evidence/k/10/1 ends after the end of the text.",
        ),
        (
            "DELETE { evi:1 tg:onPage ?p } INSERT { evi:1 tg:onPage 2.5 }"
            " WHERE { evi:1 tg:onPage ?p }",
            "A passage of evidence must say on which page it begins: one whole number, 1 or more.",
        ),
        (
            "DELETE WHERE { rec:1 tg:recommendationSource ?s }",
            "A recommendation must say in which kind of list it stands.",
        ),
        (
            "DELETE { rec:1 tg:promptedBy ?f } INSERT { rec:1 tg:promptedBy rec:1 }"
            " WHERE { rec:1 tg:promptedBy ?f }",
            "What prompts a recommendation must be a finding.",
        ),
        (
            "DELETE WHERE { rec:1 tg:addresseeKind ?a }",
            "A recommendation must say to what kind of body it is made.",
        ),
        (
            "DELETE WHERE { ?i a tg:RecommendationItem ; tg:quotation ?q }",
            "What a recommendation has as an item must be one.",
        ),
        (
            "DELETE { stat:abc-1 tg:value ?v } INSERT { stat:abc-1 tg:value 'about 300' }"
            " WHERE { stat:abc-1 tg:value ?v }",
            "A statistic must have exactly one value, a decimal number.",
        ),
        (
            "DELETE WHERE { stat:abc-1 tg:unit ?u }",
            "A statistic must say what it counts in.",
        ),
        (
            "INSERT DATA { stat:abc-1 tg:asOf '2016'^^xsd:gYear }",
            "The date of a statistic must be one day, month or year.",
        ),
        (
            "DELETE WHERE { part:lead-ada-moss tg:inRole ?r }",
            "A participation must be in exactly one role, from the vocabulary of roles.",
        ),
        (
            "INSERT DATA { part:lead-ada-moss tg:inRole role:emperor }",
            "A participation must be in exactly one role, from the vocabulary of roles.",
        ),
        (
            "DELETE WHERE { ?p a tg:Inspector ; rdfs:label ?n }",
            "A participation must be of exactly one person.",
        ),
        (
            "DELETE { ?a tg:gssCode ?g } INSERT { ?a tg:gssCode 'W06000001' }"
            " WHERE { ?a tg:gssCode ?g }",
            "An authority's GSS code must be one E followed by eight digits.",
        ),
        (
            "DELETE { ?a tg:region ?r } INSERT { ?a tg:region 'Mercia', 'Wessex' } WHERE { ?a tg:region ?r }",
            "An authority's region must be one, by its name.",
        ),
        (
            "DELETE { ?f tg:sha256 ?s } INSERT { ?f tg:sha256 'abc' }"
            " WHERE { ?f a tg:SourceFile ; tg:sha256 ?s }",
            "A source file must have one SHA-256 of 64 hexadecimal digits.",
        ),
        (
            "DELETE { ?f tg:fileName ?n } INSERT { ?f tg:fileName '/home/me/report.pdf' }"
            " WHERE { ?f tg:fileName ?n }",
            "A source file must have a name, without folders.",
        ),
        (
            "INSERT DATA { [] a tg:Finding }",
            "A finding must have an IRI.",
        ),
        (
            "DELETE WHERE { ?a a tg:ThemeAssignment ; tg:trigger ?words }",
            f"{BASE}id/recommendation/k/1 has the theme {BASE}vocab/theme/supervision, "
            "and no assignment says by which words and how.",
        ),
        (
            "DELETE { ?a tg:triggerEnd ?e } INSERT { ?a tg:triggerEnd 999 }"
            " WHERE { ?a tg:assignmentOf find:10 ; tg:triggerEnd ?e }",
            f"The words that tell a theme of {BASE}id/finding/k/10 are not as long as the stretch "
            "of text they are said to be.",
        ),
        (
            "DELETE WHERE { ?a tg:assignedStance ?s }",
            "A theme assignment must give exactly one stance.",
        ),
        (
            "DELETE { ?a tg:score ?s } INSERT { ?a tg:score 1.2 } WHERE { ?a tg:score ?s }",
            "The score of a theme assignment must lie between 0 and 1.",
        ),
        (
            "INSERT DATA { rec:x a tg:ThemeAssessment ; tg:assessmentOf rec:y }",
            "A theme assessment must say what it was derived from.",
        ),
        (
            "INSERT DATA { rec:x a tg:ThemeAssessment ; tg:strengths -1 }",
            "A theme assessment must count its strengths once: 0 or more.",
        ),
        (
            "INSERT DATA { rec:x a tg:ThemeAssessment ; tg:trajectory rec:1 }",
            "A theme assessment must not have more than one trajectory, from the vocabulary of"
            " trajectories.",
        ),
        (
            "INSERT DATA { rec:x a tg:Service ; tg:providedBy rec:1 }",
            "A service must be provided by exactly one authority.",
        ),
        (
            "INSERT DATA { rec:x a tg:Partnership }",
            "A partnership must have a name.",
        ),
        (
            "INSERT DATA { rec:x a tg:Inspectorate }",
            "An inspectorate must have a name.",
        ),
        (
            "INSERT DATA { rec:x a tg:Theme }",
            "A concept must be in a vocabulary.",
        ),
        (
            "INSERT DATA { rec:x a tg:Trajectory }",
            "A concept must have a preferred label, one in each language.",
        ),
        (
            "INSERT DATA { rec:1 tg:citesFrameworkOutcome theme:supervision }",
            "What a recommendation cites must be an outcome or enabler of the national framework.",
        ),
        (
            "INSERT DATA { rec:x a tg:Correction ; tg:corrects find:10 }",
            "A correction must say why it was asked for.",
        ),
        (
            "INSERT DATA { rec:x a <http://www.w3.org/ns/dqv#QualityMeasurement> }",
            "A measurement of quality must have one value, from 0 to 1.",
        ),
        (
            "INSERT DATA { rec:x a tg:FollowUp ; tg:followsUp rec:1 }",
            "A follow-up must have exactly one outcome.",
        ),
        (
            "INSERT DATA { rec:x a tg:FollowUpStep ; prov:wasDerivedFrom rec:1 }",
            "A step of a follow-up must be at exactly one inspection.",
        ),
    ],
)
def test_each_fault_gives_the_message_meant_for_it(update: str, message: str) -> None:
    assert message in findings_of(broken(update)).get("Violation", set())


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (
            "DELETE WHERE { ?i a tg:Inspection ; tg:startDate ?s }"
            " ; INSERT { ?i a tg:Inspection } WHERE { ?i tg:produced ?r }",
            "The report prints no first day of the inspection.",
        ),
        (
            "DELETE WHERE { ?i tg:hasJudgement ?j . ?j ?p ?o }",
            "No judgement was found, although inspections under this framework give grades.",
        ),
        (
            "DELETE WHERE { ?r tg:hasFinding ?f . ?f ?p ?o } ;"
            " DELETE WHERE { ?x tg:promptedBy ?y }",
            "No finding was found in this report: its layout may not have been understood.",
        ),
    ],
)
def test_what_an_honest_report_can_lack_is_a_warning_only(update: str, message: str) -> None:
    assert findings_of(broken(update)) == {"Warning": {message}}
