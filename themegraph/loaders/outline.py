"""The outline of a report: under which heading each block stands, and what that heading holds.

Headings are known by headings.csv. One that is not known there keeps the meaning of the heading it
stands under (a topic among the recommendations, a sub-heading of a chapter).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from themegraph.loaders.blocks import Block
from themegraph.loaders.families import LETTERS
from themegraph.loaders.grades import GRADE
from themegraph.loaders.rules import fold, patterns
from themegraph.model import ReportType, Section, SectionKind, Span

SUMMARY = "(summary)"
#: A heading that is set like text is not longer than this (characters).
LONGEST_PLAIN_HEADING = 110
#: A line of the cover is not longer than this (characters); what is longer says something.
LONGEST_COVER_LINE = 160
#: A topic named between passages is not longer than this (characters).
LONGEST_TOPIC = 80
#: Text this far to the right of a line is beside it and not below it (points).
FURTHER_RIGHT = 100.0

_GRADE_ONLY = re.compile(rf"^(?:{GRADE}|not judged)\.?$")
_ENDS_WITH_GRADE = re.compile(rf"\b(?:{GRADE}|not judged)\.?$")
_BOARD = re.compile(r"local safeguarding children|\blscb\b|safeguarding children board")
_SIGNED = re.compile(r"^yours? (?:sincerely|faithfully)")
#: The last sentence of a letter, unless more sentences follow.
_CLOSING = re.compile(r"^ofsted will (?:take|share) the findings")
_FINAL = re.compile(r"[\s:;.?!]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What headings.csv says of a heading."""

    kind: SectionKind
    content: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that may hold a finding or a recommendation, with where it stands."""

    block: Block
    section: str
    content: str
    chapter: str
    part: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The printed sections in order, every passage under them, and headings nobody foresaw."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    unknown: tuple[str, ...]


def know_heading(text: str, family: ReportType | None = None) -> Heading | None:
    """The meaning of a heading's text in reports of ``family`` (in any, where none is given), or
    None when headings.csv has no row for it.
    """
    folded = _FINAL.sub("", fold(text))
    for pattern, row in patterns("headings.csv"):
        if family and row["families"] and family not in row["families"].split():
            continue
        if pattern.fullmatch(folded):
            return Heading(row["kind"], row["content"])  # type: ignore[arg-type]
    return None


@dataclass
class _State:
    section: str = SUMMARY
    kind: SectionKind = "other"
    content: str = "intro"
    part: str = "authority"
    size: float = 0.0


def build_outline(blocks: list[Block], report_type: ReportType) -> Outline:
    """Walk the placed ``blocks`` and say what each one is under.

    The walk starts in an introduction (cover, letter opening) and changes at each heading.
    """
    walker = _Walker(report_type, max((block.page for block in blocks), default=1))
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        walker.step(block, following)
    return Outline(tuple(walker.sections), tuple(walker.passages), tuple(walker.unknown))


class _Walker:
    def __init__(self, report_type: ReportType, last_page: int) -> None:
        self.last_page = last_page
        self.letter = report_type in LETTERS
        self.report_type = report_type
        self.state = _State()
        self.skip_page = 0
        self.chapter = ""
        self.rows_seen = False
        self.table_heading = ""
        self.before_study: tuple[_State, Block] | None = None
        self.last_item: Block | None = None
        self.before: Block | None = None
        self.sections: list[Section] = []
        self.passages: list[Passage] = []
        self.unknown: list[str] = []

    def step(self, block: Block, following: Block | None) -> None:
        """Take the next block; ``following`` is the one after it."""
        self._step(block, following)
        self.before = block

    def _step(self, block: Block, following: Block | None) -> None:
        if self.skip_page and block.page == self.skip_page:
            return
        self.skip_page = 0
        if block.kind == "footnote":
            return
        if self.letter and _is_end_of_letter(block, following):
            self.state = replace(self.state, content="none", kind="about")
        heading = self._heading(block, following)
        if heading is None:
            self._passage(block)
        elif heading.content == "contents":
            self._pass_contents(block)
        elif heading.content not in ("label", "header-row"):
            self._enter(block, heading)

    def _pass_contents(self, block: Block) -> None:
        """A table of contents has its page to itself, where there are pages."""
        if block.page < self.last_page:
            self.skip_page = block.page
        else:
            self.state = replace(self.state, kind="other", content="contents")

    def _heading(self, block: Block, following: Block | None) -> Heading | None:
        """The heading a block is, or None when it is text."""
        folded = fold(block.text)
        if _GRADE_ONLY.match(folded):
            return Heading("other", "label")
        if self._is_line_of_cover(block) and _BOARD.search(folded):
            return Heading("other", "label")  # the cover's line on the safeguarding board
        known = know_heading(block.text, self.report_type)
        if block.kind != "heading":
            if known is not None and (_set_apart(block) or (block.kind == "item" and block.bold)):
                is_topic = known.content == "chapter" and not self._is_chapter(block, following)
                return self._unknown_heading(block) if is_topic else known
            return self._unknown_heading(block) if self._is_topic(block, following) else None
        if self.state.content == "tail":
            return Heading("other", "label")
        if known is None:
            return self._unknown_heading(block)
        if known.content == "none" and self._is_table_header(folded):
            return known if self.report_type == "ilacs" else Heading("other", "label")
        if known.content == "chapter" and not self._is_chapter(block, following):
            return self._unknown_heading(block)
        return known

    def _is_line_of_cover(self, block: Block) -> bool:
        on_cover = block.page == 1 and not self.sections and not self.letter
        return on_cover and len(block.text) < LONGEST_COVER_LINE

    def _is_topic(self, block: Block, following: Block | None) -> bool:
        """Whether a short line without a full stop, between two passages, names their topic."""
        text = block.text.rstrip()
        return (
            self.state.content.startswith(("findings", "recommendations"))
            and block.kind == "paragraph"
            and len(block.fragments) == 1
            and len(text) <= LONGEST_TOPIC
            and len(block.cells) <= 1
            and text[:1].isupper()
            and text[-1:].isalnum()
            and (self.before is None or self.before.kind == "heading" or _ended(self.before.text))
            and following is not None
            and following.kind in ("item", "paragraph")
            and len(following.text) > len(text)
            and following.x - block.x < FURTHER_RIGHT
        )

    @staticmethod
    def _is_table_header(folded: str) -> bool:
        return folded.startswith(("judgement", "judgment", "key judg"))

    def _is_chapter(self, block: Block, following: Block | None) -> bool:
        """Whether a chapter's name stands here as a chapter and not as a topic of a list: it has a
        grade with it, or type as large as its part's other titles, or stands outside a list.
        """
        if _ENDS_WITH_GRADE.search(fold(block.text)) or ": " in block.text:
            return True
        if following is not None and _GRADE_ONLY.match(fold(following.text)):
            return True
        listed = self.state.content.startswith("recommendations")
        return not listed or block.size > self.state.size + 1

    def _unknown_heading(self, block: Block) -> Heading | None:
        if self.state.content == "intro" and not self.sections:
            if self.report_type != "other" or block.page == 1:
                return Heading("other", "label")  # titles on the cover, a letter's subject line
            self.unknown.append(block.text)
            return Heading("findings", "findings")
        if self.state.content in ("none", "statistics"):
            if self.letter:
                return Heading("other", "label")  # signatures
            if self.report_type == "other":
                self.unknown.append(block.text)
                return Heading("findings", "findings")
        if block.kind == "heading" and self.state.content in ("findings", "intro"):
            self.unknown.append(block.text)
        return Heading(self.state.kind, self.state.content)

    def _enter(self, block: Block, heading: Heading) -> None:
        content = heading.content
        folded = fold(block.text)
        if content == "findings-label":
            if not self.state.content.startswith("recommendations"):
                return  # inside a chapter: the chapter's title goes on
            content = "findings"
        if content == "chapter":
            content = "findings"
        if content == "none" and self._is_table_header(folded):
            self.table_heading = block.text
        if content == "study":
            if self.last_item is not None and self.state.content != "study":
                self.before_study = (self.state, self.last_item)
        else:
            self.before_study = self.last_item = None
        if _BOARD.search(folded) and not folded.startswith("review of"):
            self.state.part = "lscb"
        elif folded.startswith("information about this inspection"):
            self.state.part = "authority"
        if heading.kind == "findings" and content == "findings":
            self.chapter = block.text
        span = Span(block.start, block.end, block.page)
        self.sections.append(Section(block.text, heading.kind, span))
        self.state = replace(
            self.state, section=block.text, kind=heading.kind, content=content, size=block.size
        )

    def _passage(self, block: Block) -> None:
        self._leave_table(block)
        self._leave_study(block)
        if block.kind == "item":
            self.last_item = block
        state = self.state
        self.passages.append(Passage(block, state.section, state.content, self.chapter, state.part))

    def _leave_table(self, block: Block) -> None:
        """Behind the table of judgements of an ILACS report its summary begins, unheaded."""
        if self.report_type != "ilacs" or self.state.section not in (SUMMARY, self.table_heading):
            return
        if block.kind == "row":
            self.rows_seen = True
        elif self.rows_seen and self.state.content != "findings":
            self.state = replace(self.state, section=SUMMARY, content="findings", kind="overview")

    def _leave_study(self, block: Block) -> None:
        """A practice study floats: an item set like the list before it goes on with the list."""
        if self.before_study is None or block.kind != "item":
            return
        state, item = self.before_study
        if block.marker == item.marker and block.level == item.level and abs(block.x - item.x) < 3:
            self.state, self.before_study = state, None


def _is_end_of_letter(block: Block, following: Block | None) -> bool:
    folded = fold(block.text)
    if _SIGNED.match(folded):
        return True
    more = following is not None and len(following.text) > LONGEST_PLAIN_HEADING
    return bool(_CLOSING.match(folded)) and not more


def _ended(text: str) -> bool:
    return text.rstrip()[-1:] in ".!?:;)’”"


def _set_apart(block: Block) -> bool:
    """Whether a block that is not set as a heading may still be one: a short line on its own,
    without the full stop of a sentence.
    """
    short = len(block.text) < LONGEST_PLAIN_HEADING and len(block.fragments) <= 4
    return block.kind == "paragraph" and short and not block.text.rstrip().endswith((".", ","))
