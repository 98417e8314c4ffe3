/**
 * Points in a plane, turned and mirrored to lie as near as they can to where they lay before: orthogonal Procrustes, which
 * in two dimensions has a closed form.
 *
 * Principal components have no sign of their own, swap when the second overtakes the first, and turn freely while both
 * stretch the points alike. To compare each component with the one before would only mend the signs; the eye follows
 * points, so it is the points that are held in place. No distance between them changes, nor what the plane holds of them.
 *
 * @param points around their mean (n, 2)
 * @param before where the same points were drawn last (n, 2)
 */
export function alignPlane(points: Float64Array, before: Float64Array): Float64Array {
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    xx += points[i] * before[i];
    xy += points[i] * before[i + 1];
    yx += points[i + 1] * before[i];
    yy += points[i + 1] * before[i + 1];
  }
  // How well the best rotation and the best reflection fit, each in the direction of its cosine and sine.
  const rotation = { cos: xx + yy, sin: xy - yx };
  const reflection = { cos: xx - yy, sin: xy + yx };
  const mirrored = Math.hypot(reflection.cos, reflection.sin) > Math.hypot(rotation.cos, rotation.sin);
  const { cos, sin } = mirrored ? reflection : rotation;
  const length = Math.hypot(cos, sin);
  if (!(length > 0)) return points; // all points are in one place, now or before
  const [c, s, mirror] = [cos / length, sin / length, mirrored ? -1 : 1];
  return points.map((_, i) => {
    const [x, y] = [points[i - (i % 2)], points[i - (i % 2) + 1]];
    return i % 2 === 0 ? c * x - mirror * s * y : s * x + mirror * c * y;
  });
}
