// From the answers on the screens (a draft) to the observation that is sent.

import { t } from "./language.js";

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

/** A street without the number of a house: nobody's home is written down. */
const withoutNumber = (text) => text.trim().replace(/^(?:(?:flat|no\.?|number)\s*)?\d+\p{L}?\s*,?\s+(?=\p{L}{2})/iu, "");

/** The place of a draft in the contract's words; undefined when there is none. */
export function placeOf({ place = {}, stop }, sensitive = false) {
  if ((place.how === "gps" || place.how === "map") && place.point) {
    return sensitive ? roughly(place.point) : place.point;
  }
  if (place.how === "between" && place.between) return { between: place.between };
  if (place.how === "street" && place.street?.trim()) {
    const near = !sensitive && withoutNumber(place.near ?? "");
    return { street: withoutNumber(place.street), ...(near && { near }) };
  }
  return stop ? { stop } : undefined;
}

/** The place of a draft for people. */
export function placeInWords(draft, stops) {
  const name = (id) => stops.find((stop) => stop.id === id)?.number;
  const place = placeOf(draft);
  if (!place) return t("place.none");
  if (place.stop) {
    const stop = stops.find(({ id }) => id === place.stop);
    return stop ? t("stop.full", stop) : t("place.a_stop");
  }
  if (place.between) {
    const [from, to] = place.between.map(name);
    return t("place.between_stops", { from, to });
  }
  if (place.street) return place.near ? t("place.street_near", place) : place.street;
  return draft.place.how === "map" ? t("place.on_map") : t("place.stand", { metres: Math.round(place.accuracy_m) });
}

/** May this draft carry photos? Never of people sleeping rough. */
export const allowsPhotos = (category) => category?.allows_photo !== false;

/** Has anything been answered? When it was asked, and scores none of which is given, say nothing. */
function hasAnswers({ answers = {} }) {
  const { when, scores = {}, ...others } = answers;
  return Object.keys(scores).length > 0 || Object.values(others).some((answer) => String(answer).trim());
}

/** Is there something in the draft that a person would miss? */
export function hasContent(draft) {
  return Boolean(draft && (draft.words?.trim() || draft.done_now?.trim() || draft.photos?.length || hasAnswers(draft)));
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
  if (draft.form) return answersOf(draft, localTime(now), words);
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
    done_by: (draft.spot && draft.done_by?.trim()) || undefined,
    corrects: draft.corrects,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Answers to questions. What is about the person or the whole area says nothing of where they stood. */
function answersOf(draft, captured_at, words) {
  const { kind, form, answers, stop } = draft;
  const answered = { kind, captured_at, [form]: answers };
  if (form === "whole_area" || form === "about_you") return answered;
  const told = { ...answered, ...(words && { words }), private: true };
  if (form === "note") return told;
  const place = placeOf(draft);
  return { ...told, category: "SHO", ...(stop && { stop }), ...(place && { place }) };
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
