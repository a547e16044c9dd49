/* Drawing into a form field. A field can always be filled without the map as well. */

function button(tools, text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", act);
  tools.append(b);
}

function toolbar(element) {
  const tools = document.createElement("div");
  tools.className = "st-map__tools";
  element.append(tools);
  return tools;
}

/** One point: click the map or drag the marker; the field gets "lat,lon". */
export function editPoint(maplibre, map, element, target) {
  let marker = null;
  const put = (at) => {
    if (!marker) {
      marker = new maplibre.Marker({ draggable: true, color: "#0b6e6e" });
      // MapLibre 6 answers `on` with a subscription, not with the marker.
      marker.on("dragend", () => put(marker.getLngLat()));
    }
    marker.setLngLat(at).addTo(map);
    target.value = `${at.lat.toFixed(6)},${at.lng.toFixed(6)}`;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const [lat, lng] = target.value.split(",").map(Number);
  if (target.value && Number.isFinite(lat) && Number.isFinite(lng)) put({ lat, lng });
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", (event) => put(event.lngLat));
  button(toolbar(element), "Put it in the middle", () => put(map.getCenter()));
}

/** One polygon: each click adds a corner; the field gets a GeoJSON geometry. */
export function editPolygon(maplibre, map, element, target) {
  let corners = [];
  try {
    corners = JSON.parse(target.value).coordinates[0].slice(0, -1);
  } catch { /* nothing drawn yet */ }
  const closed = () => [...corners, corners[0]];
  const empty = { type: "FeatureCollection", features: [] };
  map.addSource("drawn", { type: "geojson", data: empty });
  map.addLayer({ id: "drawn-fill", type: "fill", source: "drawn", paint: { "fill-color": "#0b6e6e", "fill-opacity": 0.15 } });
  map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": "#0b6e6e", "line-width": 3 } });
  map.addLayer({ id: "drawn-dots", type: "circle", source: "drawn", filter: ["==", "$type", "Point"], paint: { "circle-radius": 6, "circle-color": "#ffc845", "circle-stroke-color": "#14343b", "circle-stroke-width": 2 } });
  const draw = () => {
    const shape = corners.length > 2
      ? { type: "Polygon", coordinates: [closed()] }
      : { type: "LineString", coordinates: corners };
    map.getSource("drawn").setData({
      type: "FeatureCollection",
      features: [
        ...(corners.length > 1 ? [{ type: "Feature", properties: {}, geometry: shape }] : []),
        ...corners.map((c) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: c } })),
      ],
    });
    target.value = corners.length > 2 ? JSON.stringify(shape) : "";
    target.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const add = ({ lng, lat }) => {
    corners.push([+lng.toFixed(6), +lat.toFixed(6)]);
    draw();
  };
  map.getCanvas().style.cursor = "crosshair";
  map.doubleClickZoom.disable();
  map.on("click", (event) => add(event.lngLat));
  const tools = toolbar(element);
  button(tools, "Corner in the middle", () => add(map.getCenter()));
  button(tools, "Take back", () => { corners.pop(); draw(); });
  button(tools, "Start again", () => { corners = []; draw(); });
  draw();
}
