// Draws every chart of the page: a <div class="chart" data-spec="id"> is filled from the Vega-Lite specification in the script element of that id.
(function () {
  const style = {
    font: 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif',
    axis: { gridColor: '#e8ebf0', domainColor: '#9aa3b2', tickColor: '#9aa3b2', labelColor: '#5b6579', titleColor: '#1d2433', titleFontWeight: 500, labelFontSize: 12, titleFontSize: 12 },
    legend: { labelFontSize: 12, titleFontSize: 12, orient: 'top', titleColor: '#5b6579' },
    view: { stroke: null },
    range: { category: ['#1f5fbf', '#d9822b', '#1b7a4b', '#7b4ab8', '#a8321f', '#5b6579'] },
  };
  for (const place of document.querySelectorAll('.chart[data-spec]')) {
    const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    spec.width = Math.max(240, Math.min(place.clientWidth - 70, 460));
    spec.height = spec.height || 220;
    spec.background = null;
    try {
      const compiled = vegaLite.compile(spec, { config: style }).spec;
      const view = new vega.View(vega.parse(compiled), { renderer: 'svg', container: place, hover: true });
      view.runAsync().then(function () { place.dataset.drawn = 'yes'; }, function (fault) { place.textContent = 'This chart could not be drawn: ' + fault; });
    } catch (fault) {
      place.textContent = 'This chart could not be drawn: ' + fault;
    }
  }
})();
