// Where the phone thinks it is. It may be refused, slow or wrong: never more than an offer.

const REFUSED = 1;

/** Watch the place until it is good or the person goes on. Returns a function that ends it. */
export function findMe({ found, failed }, geolocation = navigator.geolocation) {
  if (!geolocation) {
    failed("This phone does not tell where it is.");
    return () => {};
  }
  let best = Infinity;
  const watch = geolocation.watchPosition(
    ({ coords }) => {
      if (coords.accuracy >= best) return;
      best = coords.accuracy;
      found({ lat: round(coords.latitude), lon: round(coords.longitude), accuracy_m: Math.round(coords.accuracy) });
      if (best <= 10) end();
    },
    (error) => {
      if (best === Infinity) failed(error.code === REFUSED ? "This phone was told not to share its place." : "This phone cannot find its place here.");
    },
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 },
  );
  const end = () => geolocation.clearWatch(watch);
  return end;
}

// Six digits are 10 cm: more is noise.
const round = (degrees) => Number(degrees.toFixed(6));
