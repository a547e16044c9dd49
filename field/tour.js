// Joining, the tour's pack, and which of several tours this phone shows.

/** Keep what joining answered, under the tour's name, and make it the tour this phone shows. */
export async function joined(store, { token, device, tour }, code) {
  const kept = await store.putTour(tour.slug, { token, device, code, title: tour.title, must_join: false, joined_at: store.now() });
  await store.setSetting("tour", tour.slug);
  return kept;
}

/** The tour to show: the one last chosen, else the one joined last. */
export async function currentTour(store) {
  const chosen = await store.tour((await store.setting("tour")) ?? "");
  if (chosen) return chosen;
  const tours = await store.tours();
  return tours.sort((a, b) => b.joined_at - a.joined_at)[0];
}

/** Fetch the pack if it has changed. Without signal the one on the phone stays. */
export async function freshPack(store, api, tour) {
  const answer = await api.pack(tour.token, tour.pack ? tour.etag : "").catch(() => null);
  if (answer?.ended) return store.putTour(tour.id, { must_join: true });
  if (answer?.unchanged) return store.putTour(tour.id, { must_join: false });
  if (!answer?.pack) return tour;
  const { pack, etag } = answer;
  return store.putTour(tour.id, { pack, etag, title: pack.tour.title, must_join: false });
}

export const stopsOf = (tour) => tour.pack?.stops ?? [];

/** The stop the walker is at: the one last opened, else the first. */
export function stopOf(tour) {
  const stops = stopsOf(tour);
  return stops.find((stop) => stop.id === tour.stop) ?? stops[0];
}

/** The measures to check at a stop. */
export function measuresAt(tour, stop) {
  return tour.pack.measures.filter((measure) => stop?.measures.includes(measure.ref));
}
