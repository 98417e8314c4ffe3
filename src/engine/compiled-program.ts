import { emitModule } from './compile';
import type { SimdFlavor } from './emit/instructions';
import type { Program, TensorSpec } from './engine';
import type { Fused } from './fuse';
import { readOutput, writeInput } from './inputs-outputs';
import type { Node } from './operations';
import { size } from './shapes';
import { addressIn, type Plan } from './plan';
import { printProgram } from './print';

interface ProgramParts {
  readonly fused: Fused;
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly memory: WebAssembly.Memory;
  /** The address where the program's memory begins. */
  readonly begin: number;
  readonly simd: SimdFlavor;
  readonly variableAddress: (name: string) => number;
  readonly onDispose: () => void;
}

/** Calls with addresses, as one WebAssembly function. */
export class CompiledProgram implements Program<string, string> {
  readonly run: () => void;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly in = new Map<string, Float32Array | Int32Array>();
  private readonly out = new Map<string, Float32Array>();

  constructor(private readonly parts: ProgramParts) {
    this.bytes = emitModule(parts.plan.calls, array => this.addressOf(array.base) + array.offset * 4, parts.simd);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(this.bytes), { m: { memory: parts.memory } });
    this.run = instance.exports.run as () => void;
    for (const node of parts.plan.places.keys()) if (node.kind === 'constant') this.floats(node).set(node.values);
    this.renewViews();
    // An input that the function does not use has no memory in the program.
    for (const [name, { dtype, shape }] of Object.entries(parts.inputs))
      if (!this.in.has(name)) this.in.set(name, new (dtype === 'int32' ? Int32Array : Float32Array)(size(shape)));
    for (const array of this.in.values()) array.fill(0);
  }

  write(input: string, values: ArrayLike<number>): void {
    writeInput(this.in, input, values);
  }

  read(output: string): Float32Array {
    return readOutput(this.out, output);
  }

  outputs(): readonly string[] {
    return [...this.out.keys()];
  }

  print(): string {
    return printProgram(this.parts.plan, this.parts.simd, this.bytes.length);
  }

  dispose(): void {
    this.parts.onDispose();
  }

  /** To be called after the memory has grown, which makes it another ArrayBuffer. */
  renewViews(): void {
    const { fused, memory, plan } = this.parts;
    for (const node of plan.places.keys()) {
      if (node.kind !== 'input') continue;
      const View = node.integer ? Int32Array : Float32Array;
      this.in.set(node.name, new View(memory.buffer, this.addressOf(node), size(node.shape)));
    }
    for (const [name, node] of fused.outputs) this.out.set(name, this.floats(node));
  }

  /** Every array of the program, except for variables. */
  arrays(): { address: number; bytes: number }[] {
    const own = [...this.parts.plan.places].filter(([, place]) => 'offset' in place);
    return own.map(([node]) => ({ address: this.addressOf(node), bytes: size(node.shape) * 4 }));
  }

  private floats(node: Node): Float32Array {
    return new Float32Array(this.parts.memory.buffer, this.addressOf(node), size(node.shape));
  }

  private addressOf(node: Node): number {
    const address = addressIn(this.parts.plan, node);
    return 'offset' in address ? this.parts.begin + address.offset : this.parts.variableAddress(address.variable);
  }
}
