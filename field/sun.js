// Is it dark here now? The answer only fills in a box that the person can change.

const RAD = Math.PI / 180;

/** Height of the sun in degrees, to about half a degree. */
function sunHeight(date, lat, lon) {
  const days = date.getTime() / 86_400_000 - 10_957.5; // since noon of 1 January 2000
  const anomaly = (357.529 + 0.98560028 * days) * RAD;
  const longitude = (280.459 + 0.98564736 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
  const tilt = 23.439 * RAD;
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const sidereal = (280.46 + 360.9856474 * days + lon) * RAD;
  const height =
    Math.sin(lat * RAD) * Math.sin(declination) +
    Math.cos(lat * RAD) * Math.cos(declination) * Math.cos(sidereal - ascension);
  return Math.asin(height) / RAD;
}

/** After the street lights come on: the sun four degrees below the horizon. */
export function isDark({ lat, lon } = {}, date = new Date()) {
  if (typeof lat !== "number" || typeof lon !== "number") return undefined;
  return sunHeight(date, lat, lon) < -4;
}
