// Colours the SPARQL that is typed: a coloured copy lies beneath the box, whose own letters are clear.
// Without this script the box is a plain one.
(function () {
  "use strict";
  var box = document.getElementById("query");
  if (!box) { return; }
  var kinds = [
    ["comment", /#[^\n]*/y],
    ["iri", /<[^<>"{}|^`\\\s]*>/y],
    ["text", /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
    ["variable", /[?$][A-Za-z_]\w*/y],
    ["number", /\b\d+(?:\.\d+)?\b/y],
    ["name", /[A-Za-z][\w-]*:[\w.-]*|:[\w-]+/y],
    ["keyword", /\b(?:SELECT|DISTINCT|REDUCED|WHERE|PREFIX|BASE|ASK|CONSTRUCT|DESCRIBE|FROM|NAMED|GRAPH|OPTIONAL|UNION|MINUS|FILTER|BIND|VALUES|AS|IN|NOT|EXISTS|GROUP|BY|HAVING|ORDER|ASC|DESC|LIMIT|OFFSET|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT|SEPARATOR|IF|COALESCE|BOUND|STR|LANG|DATATYPE|IRI|CONCAT|CONTAINS|STRSTARTS|STRENDS|REGEX|REPLACE|LCASE|UCASE|YEAR|MONTH|DAY|a)\b/iy]
  ];
  var below = document.createElement("pre");
  below.className = "coloured";
  below.setAttribute("aria-hidden", "true");
  var frame = document.createElement("div");
  frame.className = "editor";
  box.parentNode.insertBefore(frame, box);
  frame.appendChild(below);
  frame.appendChild(box);

  function next(text, at) {
    for (var n = 0; n < kinds.length; n += 1) {
      kinds[n][1].lastIndex = at;
      var found = kinds[n][1].exec(text);
      if (found && found[0]) { return { kind: kinds[n][0], words: found[0] }; }
    }
    var word = /\w+|[^]/y;
    word.lastIndex = at;
    return { kind: "", words: word.exec(text)[0] };
  }

  function colour() {
    var text = box.value, at = 0;
    below.textContent = "";
    while (at < text.length) {
      var piece = next(text, at);
      var node = document.createElement("span");
      if (piece.kind) { node.className = piece.kind; }
      node.textContent = piece.words;
      below.appendChild(node);
      at += piece.words.length;
    }
    below.appendChild(document.createTextNode("\n"));
    follow();
  }

  function follow() {
    below.scrollTop = box.scrollTop;
    below.scrollLeft = box.scrollLeft;
  }

  box.addEventListener("input", colour);
  box.addEventListener("scroll", follow);
  colour();
})();
