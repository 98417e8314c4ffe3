import type { Engine, Program } from '../engine/engine';
import { diagnoseLayer, diagnoseParameter, histogram, meanAndStdOfColumns } from '../makemore/diagnostics';
import type { BatchNorm } from '../makemore/nn';
import { watchedStep, type Net, type WatchedName } from '../makemore/programs';
import type {
  Batch,
  BatchNormLook,
  Inspection,
  LayerKind,
  LayerLook,
  ParameterLook,
  Watch,
} from '../shared/inspection';
import type { WatchedTensor } from '../shared/run';

interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A full batch may have very many. */
const mostRows = 1024;

type Values = Readonly<Record<string, Float32Array>>;

/** What a training step looks like from inside: the program that shows it, and what is made of what it shows. */
export class Inside {
  /** How many updates there were after the step that was looked into, and whether they were taken back. */
  seen: { readonly step: number; readonly ahead: boolean } | undefined;
  private compiled: Program<string, string> | undefined;
  private readonly names = new Map<string, WatchedName>();
  private readonly batchNorms = new Map<string, BatchNorm>();
  private readonly matrices: readonly Parameter[];
  private before: Values = {};
  private after: Values = {};

  constructor(
    private readonly net: Net,
    private readonly engine: Engine,
    parameters: readonly Parameter[],
    private readonly blockSize: number,
    private readonly compile: (step: ReturnType<typeof watchedStep>) => Program<string, string>,
  ) {
    this.matrices = parameters.filter(({ shape }) => shape.length === 2 && shape[0] > 1);
  }

  /** Compiled when somebody looks, which in many runs nobody does. */
  get program(): Program<string, string> {
    this.compiled ??= this.compile(
      watchedStep(
        this.net,
        watched => this.names.set(watched.name, watched),
        layer => this.batchNorms.set(layer.mean, layer),
      ),
    );
    return this.compiled;
  }

  /** Runs the program, whose inputs are filled. @param step how many updates there are then */
  run(step: number, ahead: boolean): void {
    this.before = this.readMatrices();
    this.program.run();
    this.after = this.readMatrices();
    this.seen = { step, ahead };
  }

  /** What the last run has kept. */
  look(watch: Watch): Pick<Inspection, 'layers' | 'parameters' | 'batchNorms' | 'batch'> {
    return {
      ...(watch.layers && { layers: this.layerLooks() }),
      ...(watch.updates && { parameters: this.matrices.map(matrix => this.parameterLook(matrix)) }),
      ...(watch.batchNorms && { batchNorms: [...this.batchNorms.values()].map(layer => this.batchNormLook(layer)) }),
      ...(watch.batch && { batch: this.batch() }),
    };
  }

  /** A copy of what the last run has kept under a name, where there is such a thing. */
  tensor(name: string): WatchedTensor | undefined {
    const shape = this.names.get(name)?.shape;
    return shape && { shape, values: this.program.out[name].slice() };
  }

  private readMatrices(): Values {
    return Object.fromEntries(this.matrices.map(({ name }) => [name, this.engine.read(name)]));
  }

  private layerLooks(): LayerLook[] {
    const { out } = this.program;
    return [...this.names.values()].flatMap(({ name, shape, kind }) => {
      if (kind === 'gradient' || kind === 'batch') return [];
      const [values, gradient] = [out[name], out[`${name}.grad`]];
      return {
        ...diagnoseLayer(name, values, gradient),
        kind: kind as LayerKind,
        shape,
        histogram: histogram(values),
        gradHistogram: histogram(gradient),
      };
    });
  }

  private parameterLook({ name, shape }: Parameter): ParameterLook {
    const gradient = this.program.out[`${name}.grad`];
    return {
      ...diagnoseParameter(name, shape, gradient, this.before[name], this.after[name]),
      gradHistogram: histogram(gradient),
    };
  }

  private batchNormLook({ mean, spread, gain, bias, keeps }: BatchNorm): BatchNormLook {
    const { out } = this.program;
    const width = this.names.get(`${mean}.batch`)!.shape[1];
    const batch = meanAndStdOfColumns(out[`${mean}.batch`], width);
    const runningSpread = this.engine.read(spread);
    return {
      name: mean,
      batchMean: batch.mean,
      batchStd: batch.std,
      runningMean: this.engine.read(mean),
      runningStd: keeps === 'std' ? runningSpread : runningSpread.map(Math.sqrt),
      gain: this.perNeuron(gain, width),
      bias: this.perNeuron(bias, width),
    };
  }

  /** Where each place in time is normalized for itself, all of them share gain and bias. */
  private perNeuron(name: string, width: number): Float32Array {
    const values = this.engine.read(name);
    return Float32Array.from({ length: width }, (_, i) => values[i % values.length]);
  }

  private batch(): Batch {
    const { x, y } = this.program.in;
    const rows = x.length / this.blockSize;
    const shown = Math.min(rows, mostRows);
    const first = (values: Float32Array | Int32Array): WatchedTensor => {
      const width = values.length / rows;
      return { shape: [shown, width], values: Float32Array.from(values.subarray(0, shown * width)) };
    };
    return { rows, x: first(x), y: first(y) };
  }
}
