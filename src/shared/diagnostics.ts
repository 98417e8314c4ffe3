/** A layer's output and its gradient. */
export interface LayerDiagnostics {
  readonly name: string;
  readonly mean: number;
  readonly std: number;
  /** The share (0 to 1) of outputs beyond the threshold. */
  readonly saturated: number;
  readonly gradMean: number;
  readonly gradStd: number;
}

/** A matrix, its gradient and its update. */
export interface ParameterDiagnostics {
  readonly name: string;
  readonly shape: readonly number[];
  readonly gradMean: number;
  readonly gradStd: number;
  readonly gradToData: number;
  readonly log10UpdateToData: number;
}

/** What one training step looks like from inside. */
export interface Diagnostics {
  readonly layers: readonly LayerDiagnostics[];
  readonly parameters: readonly ParameterDiagnostics[];
}
