import type { FileSystem } from '../../../src/store/file-system';

/** One call to a disk: what it is, and a function that makes it. */
export interface Call {
  readonly name: keyof FileSystem;
  readonly args: readonly unknown[];
  readonly make: () => unknown;
}

/** A disk of which every call goes through `intercept`, whose result is the call's. */
export function intercepted(system: FileSystem, intercept: (call: Call) => unknown): FileSystem {
  return new Proxy(system, {
    get(target, name: keyof FileSystem) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => intercept({ name, args, make: () => method(...args) });
    },
  });
}
