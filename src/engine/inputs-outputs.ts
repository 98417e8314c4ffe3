/** How any engine's programs take what goes in, and give what comes out. */

export function writeInput(
  inputs: ReadonlyMap<string, Float32Array | Int32Array>,
  name: string,
  values: ArrayLike<number>,
): void {
  const own = inputs.get(name);
  if (!own) throw new Error(`There is no input ${name}.`);
  if (values.length !== own.length) throw new Error(`${name} has ${own.length} values, not ${values.length}.`);
  own.set(values);
}

export function readOutput(outputs: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const own = outputs.get(name);
  if (!own) throw new Error(`There is no output ${name}.`);
  return own.slice();
}
