// Fills the window with the picture, writes as many names as there is room for, and finds nodes by name.
(function () {
  var SIZE = 13, LINE = 16, GAP = 3, EDGE = 10;
  var element = document.getElementById("mynetwork"), told = document.getElementById("found");
  var field = document.getElementById("find"), words = "", matches = [];
  var all = nodes.get().sort(function (a, b) { return b.size - a.size || (a.id < b.id ? -1 : 1); });
  var measure = document.createElement("canvas").getContext("2d");
  measure.font = SIZE + "px sans-serif";
  all.forEach(function (n) {
    n.radius = n.size;
    n.wide = Math.max.apply(null, n.lines.map(function (line) { return measure.measureText(line).width; }));
    n.high = LINE * n.lines.length;
  });

  // Of the places for windows of several shapes, those that can be drawn largest. Names keep their size.
  function settle() {
    var width = element.clientWidth, height = element.clientHeight, best = null;
    var side = Math.max.apply(null, all.map(function (n) { return Math.max(n.wide / 2, n.radius); })) + EDGE;
    var above = Math.max.apply(null, all.map(function (n) { return n.radius + n.high; })) + EDGE;
    if (!all.length) { return; }
    all[0].places.forEach(function (_, shape) {
      function span(axis) {
        var at = all.map(function (n) { return n.places[shape][axis]; });
        return { middle: (Math.max.apply(null, at) + Math.min.apply(null, at)) / 2, length: Math.max.apply(null, at) - Math.min.apply(null, at) };
      }
      var x = span(0), y = span(1);
      var scale = Math.min((width - 2 * side) / (x.length || 1), (height - 2 * above) / (y.length || 1));
      if (!best || scale > best.scale) { best = { shape: shape, scale: scale, x: x.middle, y: y.middle }; }
    });
    var smaller = Math.min(1, Math.max(0.5, best.scale));
    nodes.update(all.map(function (n) {
      n.size = n.radius * smaller;
      n.x = (n.places[best.shape][0] - best.x) * best.scale;
      n.y = (n.places[best.shape][1] - best.y) * best.scale;
      return { id: n.id, x: n.x, y: n.y, size: n.size };
    }));
    network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
  }

  // Names below, above or beside their nodes, the largest nodes first; where there is no room, none.
  function write(pen) {
    var ratio = pen.canvas.width / element.clientWidth, zoom = network.getScale(), at = network.getPositions();
    var taken = all.map(function (n) {
      var middle = network.canvasToDOM(at[n.id]), r = n.size * zoom;
      n.mark = { left: middle.x - r, right: middle.x + r, top: middle.y - r, bottom: middle.y + r, of: n.id };
      return n.mark;
    });
    var chosen = network.getSelectedNodes();
    function rank(n) { return chosen.indexOf(n.id) < 0 ? 1 : 0; }
    network.names = [];
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round"; pen.lineWidth = 4;
    all.slice().sort(function (a, b) { return rank(a) - rank(b) || all.indexOf(a) - all.indexOf(b); }).forEach(function (n) {
      var m = n.mark, x = (m.left + m.right) / 2, y = (m.top + m.bottom) / 2, half = n.wide / 2;
      var box = [
        [x, m.bottom + GAP + n.high / 2], [x, m.top - GAP - n.high / 2],
        [m.right + GAP + half, y], [m.left - GAP - half, y]
      ].map(function (c) {
        return { left: c[0] - half, right: c[0] + half, top: c[1] - n.high / 2, bottom: c[1] + n.high / 2, of: n.id };
      }).find(function (b) {
        return b.left >= 0 && b.top >= 0 && b.right <= element.clientWidth && b.bottom <= element.clientHeight &&
          taken.every(function (t) {
            return t.of === n.id || b.right <= t.left || b.left >= t.right || b.bottom <= t.top || b.top >= t.bottom;
          });
      });
      if (!box) { return; }
      taken.push(box);
      network.names.push(box);
      pen.font = (rank(n) ? "" : "bold ") + SIZE + "px sans-serif";
      n.lines.forEach(function (line, number) {
        var down = box.top + LINE * (number + 0.5);
        pen.strokeStyle = "#fff"; pen.strokeText(line, (box.left + box.right) / 2, down);
        pen.fillStyle = "#1b1f24"; pen.fillText(line, (box.left + box.right) / 2, down);
      });
    });
    pen.restore();
    var missing = all.length - network.names.length;
    var said = words ? matches.length + (matches.length === 1 ? " match" : " matches")
      : missing ? network.names.length + " of " + all.length + " names have room; go closer, or point at a mark, for the others" : "";
    if (told.textContent !== said) { told.textContent = said; }
  }

  function find() {
    words = field.value.trim().toLowerCase();
    matches = words ? all.filter(function (n) { return n.words.includes(words); }).map(function (n) { return n.id; }) : [];
    network.selectNodes(matches);
    if (matches.length) { network.fit({ nodes: matches, animation: false, maxZoomLevel: 1.5 }); } else { settle(); }
    network.redraw();
    document.querySelectorAll("tbody tr").forEach(function (row) {
      row.classList.toggle("match", Boolean(words) && row.textContent.toLowerCase().includes(words));
    });
  }

  function zoom(times) {
    return function () { network.moveTo({ scale: times * network.getScale() }); };
  }

  var width = element.clientWidth;
  settle();
  network.once("afterDrawing", settle);
  network.on("afterDrawing", write);
  network.on("resize", function () { if (element.clientWidth !== width) { width = element.clientWidth; settle(); } });
  field.addEventListener("input", find);
  document.getElementById("closer").addEventListener("click", zoom(1.4));
  document.getElementById("farther").addEventListener("click", zoom(1 / 1.4));
  document.getElementById("whole").addEventListener("click", settle);
})();
