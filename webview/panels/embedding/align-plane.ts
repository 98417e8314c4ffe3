import { at } from '../../../src/shared/at';

/**
 * Points in a plane, rotated and mirrored to be as close as possible to where they were before: orthogonal Procrustes,
 * which has a closed form in two dimensions.
 *
 * The sign of a principal component is arbitrary, the two components swap when the second overtakes the first, and they
 * turn freely while both have the same variance. Comparing each component with the one before would only mend the signs.
 * The eye follows points, so the points are held in place. No distance between them changes, nor their share of the
 * variance.
 *
 * @param points around their mean (n, 2)
 * @param before where the same points were drawn last (n, 2)
 */
export function alignPlane(points: Float64Array, before: Float64Array): Float64Array {
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [at(points, i), at(points, i + 1)];
    const [x0, y0] = [at(before, i), at(before, i + 1)];
    xx += x * x0;
    xy += x * y0;
    yx += y * x0;
    yy += y * y0;
  }
  // Vectors in the direction of the cosine and sine of the best rotation and reflection, as long as these fit well.
  const rotation = { cos: xx + yy, sin: xy - yx };
  const reflection = { cos: xx - yy, sin: xy + yx };
  const mirrored = Math.hypot(reflection.cos, reflection.sin) > Math.hypot(rotation.cos, rotation.sin);
  const { cos, sin } = mirrored ? reflection : rotation;
  const length = Math.hypot(cos, sin);
  if (!(length > 0)) return points; // all points are in one place, now or before
  const [c, s, mirror] = [cos / length, sin / length, mirrored ? -1 : 1];
  return points.map((_, i) => {
    const [x, y] = [at(points, i - (i % 2)), at(points, i - (i % 2) + 1)];
    return i % 2 === 0 ? c * x - mirror * s * y : s * x + mirror * c * y;
  });
}
