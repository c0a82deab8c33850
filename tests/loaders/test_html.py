"""HTML pages: every word of the body is in a block, in order, whatever elements it stands in."""

from __future__ import annotations

import pytest

from themegraph.loaders.html import read_blocks


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<main><h2>Findings</h2><p>Visits are regular.</p></main>", ["Findings", "Visits are regular."]),
        # more than one article on a page
        ("<article><p>One.</p></article><article><p>Two.</p></article>", ["One.", "Two."]),
        ("<main><p>One.</p></main><main><p>Two.</p></main>", ["One.", "Two."]),
        # words between the blocks
        ("<div>Before <b>all</b><p>One.</p>between<p>Two.</p>behind</div>",
         ["Before all", "One.", "between", "Two.", "behind"]),
        # a list that browsers forgive
        ('<ol start="a"><li>One</li><li value="x">Two</li></ol>', ["One", "Two"]),
        ("<ul><li>One</li><p>Loose</p></ul>", ["One", "Loose"]),
        # what frames the page is left out
        ("<nav>Menu</nav><header><p>Logo</p></header><p>One.</p><footer>End</footer>", ["One."]),
    ],
)  # fmt: skip
def test_no_word_of_the_body_is_lost(page: str, texts: list[str]) -> None:
    assert [block.text for block in read_blocks(page)] == texts


def test_the_numbers_of_a_list_go_on_from_where_it_says() -> None:
    blocks = read_blocks('<ol start="4"><li>One</li><li>Two</li></ol>')
    assert [block.number for block in blocks] == [4, 5]
