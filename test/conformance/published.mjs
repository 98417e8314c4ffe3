// Every published number that the project can reach, with the run that reaches it. Source: the lectures' notebooks and
// makemore.py.

/**
 * One line of the table. Words must be equal; numbers may differ by the width of the band, which is half a unit of the
 * last printed digit unless the row has its own, with a reason.
 * @typedef {object} Row
 * @property {string} what
 * @property {string} published as printed: numbers or words, separated by spaces or slashes
 * @property {(output: any) => unknown} ours one value or several, from the output of a run
 * @property {Band} [band]
 */
/** @typedef {{width: number, why: string}} Band */
/**
 * One run of the command line.
 * @typedef {object} Run
 * @property {string} preset
 * @property {string[]} flags
 * @property {Row[]} rows
 */

const bands = {
  seven: {
    width: 2e-6,
    why: "Six decimals are all that a float32 has: one last bit of the weights moves PyTorch's own losses by 5e-7.",
  },
  gradToData: {
    width: 2e-6,
    why:
      'PyTorch 1.13.1 gives 0.1160105 itself, in double precision too, and so do all three engines. ' +
      'The band still tells it from 0.1160183, which is the same with the data before the update.',
  },
  randn: { width: 2e-6, why: "PyTorch's vectorized logarithm and cosine differ in the last bit." },
  unseeded: { width: 0.01, why: "The lecture's minibatches were not seeded." },
  batchNorm: { width: 2e-6, why: 'What PyTorch 1.13.1 on another machine differs by at most.' },
  chaotic: { width: 0.005, why: 'Chaotic: the order of summation decides, from one machine to the next.' },
  otherDraws: {
    width: 0.01,
    why:
      'With these draws PyTorch 1.13.1 ends at 1.9163 / 2.0342, as we do, and three other seeds end ' +
      'at 2.026 to 2.031: the lecture drew other numbers, so this is the band of `mlp-part2`, where it did so too.',
  },
  likeWavenet: {
    width: 0.005,
    why: 'The band of `wavenet-part5`, which is trained in the same way.',
  },
  about: {
    width: 0.02,
    why:
      'Published as "about 1.92", which is taken as 0.02 to either side; for how many steps is not told, so these are ' +
      "the preset's own 20,000.",
  },
};

const ofRandom = what => output => output.random[what];
const parameters = published => ({ what: 'parameters', published, ours: output => output.started.parameters });
const lossAt = (step, published, band) => ({
  what: `loss at step ${step}`,
  published,
  band,
  ours: output => output.losses[step],
});
const examples = {
  what: 'examples in train / dev / test',
  published: '182,625 / 22,655 / 22,866',
  ours: ({ started: { train, dev, test } }) => [train, dev, test],
};
const likelihood = (what, published) => ({ what, published, ours: output => output.evaluated.train });
const firstNames = (sampler, published) => ({
  preset: 'bigram-counts',
  flags: ['--sampler', sampler, '--num-samples', '5'],
  rows: [
    {
      what: `first names, sampler \`${sampler}\``,
      published,
      ours: output => output.sampled.words.map(({ text }) => `${text}.`),
    },
  ],
});
/** One step of a preset of parts 2 to 5. */
const firstStep = (preset, ...rows) => ({ preset, flags: ['--max-steps', '1'], rows });
/** Eleven steps of one of makemore.py's models. */
const elevenSteps = (preset, count, atStep0, atStep10, ...more) => ({
  preset,
  flags: ['--max-steps', '11', '--log-every', '10'],
  rows: [parameters(count), lossAt(0, atStep0), ...more, lossAt(10, atStep10)],
});
/** A whole training. */
const finalLosses = (preset, published, band) => ({
  preset,
  flags: ['--max-steps', '200000', '--evaluate'],
  rows: [
    {
      what: 'train / dev loss after 200,000 steps',
      published,
      band,
      ours: ({ evaluated: { train, dev } }) => [train, dev],
    },
  ],
});

/** What `numbersInside` of inside.ts gives: the command line does not print these. */
export const inside = {
  rows: [
    {
      what: 'SHA-256 of names.txt, its first 16 digits',
      published: '0a30b5557f192f32',
      ours: output => output.sha256.slice(0, 16),
    },
    { what: 'how often n. a. an', published: '6,763 6,640 5,438', ours: output => output.bigrams },
    {
      what: 'first draw by `cdf`, `exponential`, `exponential-mkl`',
      published: 'm c j',
      ours: output => output.firstDraws,
    },
    {
      what: "PyTorch's `randn`: largest difference",
      published: '0.0000000',
      ours: ofRandom('randn'),
      band: bands.randn,
    },
    { what: "PyTorch's uniforms and `randint`: other draws", published: '0', ours: ofRandom('uniform') },
    { what: "PyTorch's `cdf` and `exponential`: other draws", published: '0 0', ours: ofRandom('drawn') },
    { what: "Python's shuffle of 10, 37, 1,000: other places", published: '0 0 0', ours: ofRandom('shuffled') },
    { what: 'floor of the first five names', published: '0.2515', ours: output => output.floorOfFiveWords },
  ],
};

/** @type {Run[]} which together take a minute */
export const quick = [
  {
    preset: 'bigram-counts',
    flags: ['--smoothing', '1'],
    rows: [
      { what: 'names', published: '32,033', ours: output => output.started.names },
      { what: 'bigrams', published: '228,146', ours: output => output.started.train },
      likelihood('negative log-likelihood', '2.454577'),
    ],
  },
  {
    preset: 'bigram-counts',
    flags: ['--smoothing', '0'],
    rows: [likelihood('negative log-likelihood, smoothing 0', '2.454014')],
  },
  firstNames('cdf', 'mor. axx. minaymoryles. kondlaisah. anchshizarie.'),
  firstNames('exponential', 'cexze. momasurailezitynn. konimittain. llayn. ka.'),
  firstNames('exponential-mkl', 'junide. janasah. p. cony. a.'),
  {
    preset: 'bigram-net',
    flags: ['--max-steps', '2', '--log-every', '1'],
    rows: [lossAt(0, '3.768619', bands.seven), lossAt(1, '3.378807', bands.seven)],
  },
  {
    preset: 'mlp-five-words',
    flags: ['--max-steps', '120', '--log-every', '1'],
    rows: [
      parameters('3,481'),
      { what: 'examples', published: '32', ours: output => output.started.train },
      lossAt(0, '17.7697'),
      lossAt(20, '1.738096', bands.seven),
      lossAt(119, '0.313774', bands.seven),
    ],
  },
  firstStep('mlp-part2', parameters('11,897'), examples),
  firstStep('mlp-part3-original', lossAt(0, '27.8817')),
  firstStep('mlp-part3-logits', lossAt(0, '3.3221')),
  firstStep('mlp-part3-tanh', lossAt(0, '3.3135')),
  firstStep('mlp-part3-kaiming', lossAt(0, '3.3179')),
  firstStep('mlp-part3-batchnorm', parameters('12,097'), lossAt(0, '3.3239')),
  {
    preset: 'deep-part3-batchnorm',
    flags: ['--max-steps', '1001', '--log-every', '1001', '--diagnostics'],
    rows: [
      parameters('47,024'),
      lossAt(0, '3.2870'),
      {
        what: 'percent of tanh saturated after 1,001 steps',
        published: '2.78 2.56 2.25 1.69 1.88',
        ours: output => output.diagnostics.layers.map(({ saturated }) => 100 * saturated),
      },
      {
        what: 'grad:data of the last weight after 1,001 steps',
        published: '0.1160116',
        ours: output => output.diagnostics.parameters.at(-1).gradToData,
        band: bands.gradToData,
      },
    ],
  },
  firstStep('wavenet-part5', parameters('76,579'), examples, lossAt(0, '3.3167')),
  firstStep('wavenet-part5-flat', parameters('22,097')),
  firstStep('wavenet-part5-bug', parameters('22,397')),
  elevenSteps('makemore-bigram', '729', '3.2958', '3.2923'), // begins at ln 27
  elevenSteps('makemore-mlp', '69,147', '3.3717', '2.8274'),
  elevenSteps('makemore-rnn', '11,803', '3.3456', '3.2083'),
  elevenSteps('makemore-gru', '28,315', '3.3082', '3.2491'),
  elevenSteps('makemore-bow', '12,827', '4.1635', '3.6548'),
  elevenSteps('makemore-transformer', '204,544', '3.5123', '2.8783', {
    what: 'length of a sequence',
    published: '16',
    ours: output => output.started.blockSize,
  }),
];

/** @type {Run[]} each of which takes minutes */
export const full = [
  finalLosses('mlp-part2', '2.1260 / 2.1701', bands.unseeded),
  finalLosses('mlp-part3-original', '2.1245 / 2.1682', bands.chaotic),
  finalLosses('mlp-part3-logits', '2.07 / 2.13'),
  finalLosses('mlp-part3-tanh', '2.0356 / 2.1027'),
  finalLosses('mlp-part3-kaiming', '2.0377 / 2.1070'),
  finalLosses('mlp-part3-batchnorm', '2.0674145 / 2.1056840', bands.batchNorm),
  finalLosses('wavenet-part5-flat', '1.918 / 2.027', bands.otherDraws),
  finalLosses('wavenet-part5-bug', '1.941 / 2.029', bands.likeWavenet),
  finalLosses('wavenet-part5-fixed', '1.912 / 2.022', bands.likeWavenet),
  finalLosses('wavenet-part5', '1.7690 / 1.9937', bands.chaotic),
  {
    preset: 'makemore-transformer',
    flags: ['--evaluate'],
    rows: [
      {
        what: "test loss after the preset's 20,000 steps",
        published: '1.92',
        band: bands.about,
        ours: output => output.evaluated.test,
      },
    ],
  },
];
