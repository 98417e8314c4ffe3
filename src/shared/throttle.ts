/** Passes on the latest value: at once, then no more often than this. A slider gives a value for every pixel, a run for every step. */
export function throttle<T>(milliseconds: number, pass: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | undefined;
  let resting = false;
  const next = (): void => {
    if (!waiting) {
      resting = false;
      return;
    }
    const { value } = waiting;
    waiting = undefined;
    resting = true;
    pass(value);
    setTimeout(next, milliseconds);
  };
  return value => {
    waiting = { value };
    if (!resting) next();
  };
}
