/** Metres between two points in degrees, on a sphere: good to 0.5 % over a county. */
export function metresBetween(one: { lat: number; lng: number }, other: { lat: number; lng: number }): number {
  const radians = Math.PI / 180;
  const dLat = (other.lat - one.lat) * radians;
  const dLng = (other.lng - one.lng) * radians;
  const a =
    Math.sin(dLat / 2) ** 2 + Math.cos(one.lat * radians) * Math.cos(other.lat * radians) * Math.sin(dLng / 2) ** 2;
  return Math.round(2 * 6_371_000 * Math.asin(Math.sqrt(a)));
}
