// Room for labels; and find: selects the nodes whose names hold the words, shows them, and marks their rows.
(function () {
  // The picture is fitted to its nodes; their labels need some room beside them.
  network.once("afterDrawing", function () { network.moveTo({ scale: 0.85 * network.getScale() }); });
  var field = document.getElementById("find"), told = document.getElementById("found");
  field.addEventListener("input", function () {
    var words = field.value.trim().toLowerCase();
    var found = words ? nodes.get({ filter: function (n) { return n.label.toLowerCase().includes(words); } }) : [];
    var ids = found.map(function (n) { return n.id; });
    network.selectNodes(ids);
    if (ids.length) { network.fit({ nodes: ids, animation: false, maxZoomLevel: 1.2 }); } else { network.fit(); }
    told.textContent = words ? found.length + (found.length === 1 ? " match" : " matches") : "";
    document.querySelectorAll("tbody tr").forEach(function (row) {
      row.classList.toggle("match", Boolean(words) && row.textContent.toLowerCase().includes(words));
    });
  });
})();
