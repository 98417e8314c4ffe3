// What the bench asks of the compiled engine; all of it on one core.

/** At least so many times the speed of PyTorch in the same run, with one thread or all cores, whichever is faster. */
export const timesPyTorch = {
  'mlp-five-words': 3,
  'mlp-part3-batchnorm': 3,
  'deep-part3-batchnorm': 3,
  'mlp-part2': 2,
  'wavenet-part5': 2,
  'bigram-net': 10,
  'makemore-bigram': 4,
  'makemore-rnn': 1.5,
  'makemore-gru': 1.5,
  'makemore-bow': 1,
  'makemore-mlp': 1,
  'makemore-transformer': 1,
};

/** And of tfjs-wasm, for every preset. */
export const timesTfjsWasm = 8;

/** From nothing to a program that can be run. */
export const compileMilliseconds = 150;

/** A product of so many MFLOP reaches so much of the best product of the run. */
export const product = { megaflop: 0.3, percentOfBest: 60 };

/** 1,000 names from a preset. */
export const names = { preset: 'mlp-part2', milliseconds: 100 };

/** What it costs to look at everything inside a net, in percent of the steps per second. */
export const watching = { presets: ['mlp-part2', 'deep-part3-batchnorm', 'makemore-transformer'], percent: 5 };

/** Relative difference of the first losses of all participants: they train the same net on the same batch. */
export const lossTolerance = 1e-4;
