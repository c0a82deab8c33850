// Fills the window with the picture, writes as many names as there is room for, and finds nodes by name.
(function () {
  var SIZE = 12, LINE = 15, GAP = 3, EDGE = 8, TOLD = 6;
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

  // Of the places for windows of several shapes those that can be drawn largest, so that all names have room
  // or else, where the window is small for them, so that all marks have. Marks and names keep their shapes.
  function settle() {
    var wide = element.clientWidth / 2 - EDGE, high = element.clientHeight / 2 - EDGE, best = null;
    function least(of) { return Math.min.apply(null, all.map(of)); }
    all.length && all[0].places.forEach(function (_, shape) {
      function x(n) { return Math.max(Math.abs(n.places[shape][0]), 1); }
      function y(n) { return n.places[shape][1]; }
      var names = [
        least(function (n) { return (wide - Math.max(n.wide / 2, n.radius)) / x(n); }),
        least(function (n) { return (high - n.radius - (y(n) > 0 ? GAP + n.high : 0)) / Math.max(Math.abs(y(n)), 1); })
      ];
      var marks = [
        least(function (n) { return (wide - n.radius) / x(n); }),
        least(function (n) { return (high - n.radius) / Math.max(Math.abs(y(n)), 1); })
      ];
      var scale = names.map(function (s, axis) { return Math.max(s, Math.min(1, marks[axis])); });
      var fit = Math.min(scale[0], scale[1]);
      if (!best || fit > best.fit) { best = { shape: shape, fit: fit, scale: scale }; }
    });
    if (!best) { return; }
    var smaller = Math.min(1, Math.max(0.5, best.fit));
    nodes.update(all.map(function (n) {
      n.size = n.radius * smaller;
      return { id: n.id, x: n.places[best.shape][0] * best.scale[0], y: n.places[best.shape][1] * best.scale[1], size: n.size };
    }));
    network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
  }

  // Names below, above or beside their nodes, the largest nodes first; where there is no room, none.
  function write(pen) {
    var ratio = pen.canvas.width / element.clientWidth, zoom = network.getScale(), at = network.getPositions();
    var marks = all.map(function (n) {
      var middle = network.canvasToDOM(at[n.id]), r = n.size * zoom;
      n.mark = { left: middle.x - r, right: middle.x + r, top: middle.y - r, bottom: middle.y + r, of: n.id };
      return n.mark;
    });
    var chosen = network.getSelectedNodes();
    function rank(n) { return chosen.indexOf(n.id) < 0 ? 1 : 0; }
    network.names = [];
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.font = measure.font; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round"; pen.lineWidth = 4;
    all.slice().sort(function (a, b) { return rank(a) - rank(b) || all.indexOf(a) - all.indexOf(b); }).forEach(function (n, order) {
      var m = n.mark, x = (m.left + m.right) / 2, y = (m.top + m.bottom) / 2, half = n.wide / 2;
      function free(others) {
        return function (b) {
          return others.every(function (t) {
            return t.of === n.id || b.right + GAP <= t.left || b.left - GAP >= t.right || b.bottom <= t.top || b.top >= t.bottom;
          });
        };
      }
      var boxes = [
        [x, m.bottom + GAP + n.high / 2], [x, m.top - GAP - n.high / 2],
        [m.right + GAP + half, y], [m.left - GAP - half, y]
      ].map(function (c) {
        return { left: c[0] - half, right: c[0] + half, top: c[1] - n.high / 2, bottom: c[1] + n.high / 2, of: n.id };
      }).filter(function (b) {
        return b.left >= 0 && b.top >= 0 && b.right <= element.clientWidth && b.bottom <= element.clientHeight;
      }).filter(free(network.names));
      // Those that matter most are told even where their names lie on marks of others.
      var box = boxes.find(free(marks)) || (order < TOLD || !rank(n) ? boxes[0] : undefined);
      if (!box) { return; }
      network.names.push(box);
      n.lines.forEach(function (line, number) {
        var down = box.top + LINE * (number + 0.5);
        pen.strokeStyle = "#fff"; pen.strokeText(line, (box.left + box.right) / 2, down);
        pen.fillStyle = rank(n) ? "#1b1f24" : "#b3005e"; pen.fillText(line, (box.left + box.right) / 2, down);
      });
    });
    pen.restore();
    var missing = all.length - network.names.length;
    var said = words ? matches.length + (matches.length === 1 ? " match" : " matches")
      : missing ? network.names.length + " of " + all.length + " names have room: go closer for others" : "";
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

  // A new size is taken over once it is drawn: before that, the old view is yet to be put in it.
  function refit() {
    network.once("afterDrawing", function () { if (words) { find(); } else { settle(); } });
    network.redraw();
  }

  settle();
  network.once("afterDrawing", settle);
  network.on("afterDrawing", write);
  network.on("resize", function () { setTimeout(refit, 0); });
  field.addEventListener("input", find);
  document.getElementById("closer").addEventListener("click", zoom(1.4));
  document.getElementById("farther").addEventListener("click", zoom(1 / 1.4));
  document.getElementById("whole").addEventListener("click", settle);
})();
