// The bench's goals for the compiled engine, which runs on one core.

/** At least this many times the speed of PyTorch in the same run, with one thread or on all cores, whichever is faster. */
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

/** The same compared with tfjs-wasm, for every preset. */
export const timesTfjsWasm = 8;

/** From the start to a program that can be run. */
export const compileMilliseconds = 150;

/** A product of more than this many MFLOP reaches at least this part of the speed of the fastest one in the run. */
export const product = { megaflop: 0.3, percentOfBest: 60 };

/** 1,000 names from a preset. */
export const names = { preset: 'mlp-part2', milliseconds: 100 };

/** What watching everything inside a net costs, in percent of the steps per second. */
export const watching = { presets: ['mlp-part2', 'deep-part3-batchnorm', 'makemore-transformer'], percent: 5 };

/** The largest relative difference between the first losses: all participants train the same net on the same batch. */
export const lossTolerance = 1e-4;
