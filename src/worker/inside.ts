import type { Engine, Program } from '../engine/engine';
import { at } from '../shared/at';
import { diagnoseLayer, diagnoseParameter, histogram, meanAndStdOfColumns } from '../makemore/diagnostics';
import type { BatchNorm } from '../makemore/nn';
import { watchedStep, type Net, type Watched } from '../makemore/programs';
import type { Batch, BatchNormLook, Inspection, LayerLook, ParameterLook, Watch } from '../shared/inspection';
import { named } from '../shared/named';
import type { WatchedTensor } from '../shared/run';
import { rowsWithTarget } from './padding';
import type { BatchInputs } from './split-examples';

interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Rows of a batch that are shown: a full batch may have very many. */
const mostRows = 1024;

type Values = Readonly<Record<string, Float32Array>>;

/** What a training step looks like from inside: the program that outputs it, and what panels are shown of it. */
export class Inside {
  /** The step that was last run: how many updates there were after it, and whether it was undone. */
  seen: { readonly step: number; readonly ahead: boolean } | undefined;
  private compiled: Program<string, string> | undefined;
  private readonly watched = new Map<string, Watched>();
  private readonly batchNorms = new Map<string, BatchNorm>();
  private readonly matrices: readonly Parameter[];
  private seenBatch: BatchInputs = { x: new Int32Array(), y: new Int32Array(), weights: new Float32Array() };
  private before: Values = {};
  private after: Values = {};

  constructor(
    private readonly net: Net,
    private readonly engine: Engine,
    parameters: readonly Parameter[],
    private readonly blockSize: number,
    private readonly compile: (step: ReturnType<typeof watchedStep>) => Program<string, string>,
  ) {
    this.matrices = parameters.filter(({ shape }) => shape.length === 2 && at(shape, 0) > 1);
  }

  /** Compiled when somebody looks, which happens in few runs. */
  get program(): Program<string, string> {
    this.compiled ??= this.compile(
      watchedStep(
        this.net,
        watched => this.watched.set(watched.name, watched),
        layer => this.batchNorms.set(layer.mean, layer),
      ),
    );
    return this.compiled;
  }

  /**
   * Runs the program, whose inputs have been written.
   *
   * @param step how many updates there are after it
   * @param batch what was written, which the next step overwrites
   */
  run(step: number, ahead: boolean, { x, y, weights }: BatchInputs): void {
    this.before = this.readMatrices();
    this.program.run();
    this.after = this.readMatrices();
    this.seenBatch = { x: x.slice(), y: y.slice(), weights: weights.slice() };
    this.seen = { step, ahead };
  }

  /** What the last run kept. */
  look(watch: Watch): Pick<Inspection, 'layers' | 'parameters' | 'batchNorms' | 'batch'> {
    return {
      ...(watch.layers && { layers: this.layerLooks() }),
      ...(watch.updates && { parameters: this.matrices.map(matrix => this.parameterLook(matrix)) }),
      ...(watch.batchNorms && { batchNorms: [...this.batchNorms.values()].map(layer => this.batchNormLook(layer)) }),
      ...(watch.batch && { batch: this.batch() }),
    };
  }

  /** A copy of the tensor that the last run kept under a name, if there is one. */
  tensor(name: string): WatchedTensor | undefined {
    const shape = this.watched.get(name)?.shape;
    return shape && { shape, values: this.program.read(name) };
  }

  private readMatrices(): Values {
    return Object.fromEntries(this.matrices.map(({ name }) => [name, this.engine.read(name)]));
  }

  private layerLooks(): LayerLook[] {
    const { program } = this;
    const { weights } = this.seenBatch;
    // A model of contexts may have several rows for each target, and always has a target.
    const shown = (name: string): Float32Array =>
      this.net.model.example === 'sequence' ? rowsWithTarget(program.read(name), weights) : program.read(name);
    return [...this.watched.values()].flatMap(({ name, shape, kind }) => {
      if (kind === 'gradient' || kind === 'batch') return [];
      const [values, gradient] = [shown(name), shown(`${name}.grad`)];
      return {
        ...diagnoseLayer(name, values, gradient),
        kind,
        shape,
        histogram: histogram(values),
        gradHistogram: histogram(gradient),
      };
    });
  }

  private parameterLook({ name, shape }: Parameter): ParameterLook {
    const gradient = this.program.read(`${name}.grad`);
    return {
      ...diagnoseParameter(name, shape, gradient, named(this.before, name), named(this.after, name)),
      gradHistogram: histogram(gradient),
    };
  }

  private batchNormLook({ mean, spread, gain, bias, keeps }: BatchNorm): BatchNormLook {
    const values = this.program.read(`${mean}.batch`);
    const runningMean = this.engine.read(mean);
    const width = runningMean.length;
    const batch = meanAndStdOfColumns(values, width);
    const runningSpread = this.engine.read(spread);
    return {
      name: mean,
      batchMean: batch.mean,
      batchStd: batch.std,
      runningMean,
      runningStd: keeps === 'std' ? runningSpread : runningSpread.map(Math.sqrt),
      gain: this.perNeuron(gain, width),
      bias: this.perNeuron(bias, width),
    };
  }

  /** Places in time that are normalized by themselves share gain and bias. */
  private perNeuron(name: string, width: number): Float32Array {
    const values = this.engine.read(name);
    return Float32Array.from({ length: width }, (_, i) => at(values, i % values.length));
  }

  private batch(): Batch {
    const { x, y } = this.seenBatch;
    const rows = x.length / this.blockSize;
    const shown = Math.min(rows, mostRows);
    const first = (values: Float32Array | Int32Array): WatchedTensor => {
      const width = values.length / rows;
      return { shape: [shown, width], values: Float32Array.from(values.subarray(0, shown * width)) };
    };
    return { rows, x: first(x), y: first(y) };
  }
}
