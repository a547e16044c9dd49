// From the answers on the screens (a draft) to the observation that is sent.

const pad = (number) => String(Math.abs(number)).padStart(2, "0");

/** ISO 8601 in local time with its zone: 2026-06-03T18:05:00+01:00 */
export function localTime(date) {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.trunc(offset / 60))}:${pad(offset % 60)}`;
}

/** A place to about 100 metres, for what may only be known roughly. */
function roughly({ lat, lon, accuracy_m = 0 }) {
  return { lat: Number(lat.toFixed(3)), lon: Number(lon.toFixed(3)), accuracy_m: Math.max(100, accuracy_m) };
}

/** The place of a draft in the contract's words; undefined when there is none. */
export function placeOf({ place = {}, stop }, sensitive = false) {
  if ((place.how === "gps" || place.how === "map") && place.point) {
    return sensitive ? roughly(place.point) : place.point;
  }
  if (place.how === "between" && place.between) return { between: place.between };
  if (place.how === "street" && place.street?.trim()) {
    const near = place.near?.trim();
    return { street: place.street.trim(), ...(near && { near }) };
  }
  return stop ? { stop } : undefined;
}

/** The place of a draft for people. */
export function placeInWords(draft, stops) {
  const name = (id) => stops.find((stop) => stop.id === id)?.number;
  const place = placeOf(draft);
  if (!place) return "No place yet";
  if (place.stop) {
    const stop = stops.find(({ id }) => id === place.stop);
    return stop ? `Stop ${stop.number}, ${stop.name}` : "A stop of the walk";
  }
  if (place.between) return `Between stop ${place.between.map(name).join(" and stop ")}`;
  if (place.street) return place.near ? `${place.street}, near ${place.near}` : place.street;
  return draft.place.how === "map" ? "A spot on the map" : `Where you stand now, to about ${Math.round(place.accuracy_m)} m`;
}

/** May this draft carry photos? Never of people sleeping rough. */
export const allowsPhotos = (category) => category?.allows_photo !== false;

/** Is there something in the draft that a person would miss? */
export function hasContent(draft) {
  return Boolean(draft && (draft.words?.trim() || draft.done_now?.trim() || draft.photos?.length));
}

/** A draft for another kind of note. What was written and photographed comes along. */
export function draftOf(fields, before, { stop, dark }) {
  const empty = { stop, dark, photos: [], place: { how: "stop" } };
  if (!hasContent(before)) return { ...empty, ...fields };
  const { stop: at, dark: light, words, photos, place, urgent, private: only } = before;
  return { ...empty, stop: at, dark: light, words, photos, place, urgent, private: only, ...fields };
}

/** The observation, with only the fields that were answered. */
export function observationOf(draft, { category, now = new Date() } = {}) {
  const words = draft.words?.trim();
  const done = draft.done_now?.trim();
  const fields = {
    kind: draft.kind,
    captured_at: localTime(now),
    category: draft.category,
    words: words || undefined,
    stop: draft.stop,
    place: placeOf(draft, category?.sensitive),
    measure: draft.measure,
    works: draft.works,
    condition: draft.condition,
    feeling: draft.feeling,
    urgent: draft.urgent || undefined,
    dark: draft.dark,
    private: draft.private || undefined,
    done_now: done || (draft.spot ? true : undefined),
    corrects: draft.corrects,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A draft that begins as an earlier note; saved, it is a new record that corrects the old. */
export function correctionOf(note) {
  const { content } = note;
  const place = content.place ?? {};
  const how = place.lat !== undefined ? "map" : place.between ? "between" : place.street ? "street" : "stop";
  return {
    ...content,
    corrects: note.uuid,
    photos: [],
    spot: Boolean(content.done_now),
    done_now: content.done_now === true ? "" : content.done_now,
    place: { how, point: how === "map" ? place : undefined, between: place.between, street: place.street, near: place.near },
  };
}
