/**
 * Lets every look at the clock find it so much later, until it is set right again. The worker tells at times of the clock
 * what has come about; so the same run gives the same recording on any machine, and a short one plays for some seconds.
 *
 * @returns how to set it right
 */
export function slowClock(millisecondsPerLook: number): () => void {
  let now = 0;
  performance.now = () => (now += millisecondsPerLook);
  return () => Reflect.deleteProperty(performance, 'now');
}
