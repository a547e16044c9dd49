/* What each kind of layer looks like. The colours are the tokens of site.css. */
export const SCALE = ["#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"];
export const shade = ["match", ["coalesce", ["get", "shade"], 0], 1, SCALE[1], 2, SCALE[2], 3, SCALE[3], 4, SCALE[4], SCALE[0]];

const wide = ["match", ["get", "kind"], ["motorway", "trunk", "primary", "secondary"], 2, ["footway", "path", "steps", "cycleway", "service", "track"], 0.5, 1];

export const STYLES = {
  streets: [
    { id: "casing", type: "line", layout: { "line-cap": "round" }, paint: { "line-color": "#b5ad99", "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, ["*", wide, 1], 17, ["*", wide, 14]] } },
    { id: "road", type: "line", layout: { "line-cap": "round" }, paint: { "line-color": "#fff", "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, ["*", wide, 0.4], 17, ["*", wide, 11]] } },
  ],
  boundaries: [
    { id: "line", type: "line", paint: { "line-color": "#5c6b73", "line-width": 1, "line-opacity": 0.5 } },
  ],
  crime: [
    {
      id: "dots", type: "circle", clickable: true,
      layout: { "circle-sort-key": ["get", "count"] },
      paint: {
        "circle-color": shade,
        "circle-stroke-color": "#54278f",
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 8, 0.25, 13, 0.8],
        "circle-opacity": 0.9,
        "circle-radius": ["interpolate", ["linear"], ["zoom"],
          9, ["min", 7, ["+", 0.8, ["*", 0.5, ["sqrt", ["get", "count"]]]]],
          15, ["min", 24, ["+", 4, ["*", 1.6, ["sqrt", ["get", "count"]]]]]],
      },
    },
  ],
  squares: [
    { id: "fill", type: "fill", paint: { "fill-color": SCALE[4], "fill-opacity": ["match", ["get", "level"], 2, 0.16, 0.1] } },
    { id: "line", type: "line", paint: { "line-color": SCALE[4], "line-width": 1.5, "line-dasharray": [2, 1.5] } },
  ],
  area: [
    { id: "fill", type: "fill", paint: { "fill-color": "#0b6e6e", "fill-opacity": 0.05 } },
    { id: "halo", type: "line", paint: { "line-color": "#fff", "line-width": 5 } },
    { id: "line", type: "line", paint: { "line-color": "#0b6e6e", "line-width": 2.5, "line-dasharray": [3, 1.5] } },
  ],
  route: [
    { id: "halo", type: "line", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#fff", "line-width": 8 } },
    { id: "line", type: "line", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#0b6e6e", "line-width": 4 } },
  ],
  stops: [],
  measures: [
    { id: "dots", type: "circle", clickable: true, paint: { "circle-radius": 8, "circle-color": "#ffc845", "circle-stroke-color": "#14343b", "circle-stroke-width": 2 } },
  ],
  points: [
    { id: "dots", type: "circle", clickable: true, paint: { "circle-radius": 7, "circle-color": "#1f5fa8", "circle-stroke-color": "#fff", "circle-stroke-width": 2 } },
  ],
};
