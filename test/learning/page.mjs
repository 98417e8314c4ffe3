// The text of docs/learning.md around its numbers.

/**
 * @param {Awaited<ReturnType<typeof import('./numbers').numbersOf>>} n
 * @param {string} file what the numbers were computed on
 */
export function pageOf({ names, vocabSize, counted, dev, floors, lag, samples, moved }, file) {
  const uniform = Math.log(vocabSize);
  const marks = [
    ['a uniform guess', uniform],
    ['how often each character occurs', counted.letters],
    ['what follows each character (bigrams)', counted.bigrams],
    ['what follows each two characters (trigrams)', counted.trigrams],
    ['`mlp-part3-tanh` after 20,000 steps, on dev', dev],
  ];
  const first = lag[0];
  return `# What the Numbers Mean

Computed by \`npm run learning\` on ${file}: ${whole(names)} names, ${vocabSize} characters with the boundary. The seeds are those
of the presets, so the numbers repeat.

## Loss

The loss is the mean of −log p over every character and every end of a name, where p is the probability that the model gave to what
followed. The logarithm makes a sum of a product of probabilities; it is the natural one, so the unit is the nat. The mean makes files of any
length comparable. exp(loss) is the perplexity: among how many equally likely characters it is as hard to choose. All models are measured
so: losses of counts, MLPs, and Transformers on the same names can be compared.

${table(
  ['what is known', 'loss', 'exp(loss)'],
  marks.map(([what, loss]) => [what, fixed(loss), Math.exp(loss).toFixed(1)]),
)}

The counts are those of the names that they are measured on, without smoothing: train losses. The Loss panel draws these marks for your file.

## Train, Dev, and Test

Dev names choose between models, rates, and numbers of steps. Whatever is chosen by them is a little too good for them, so the test names are for
one look, at the end. The Loss panel evaluates them only when asked. The presets of makemore.py have no dev names and show their test loss
all along, as makemore.py does: there the test names choose, and nothing is left for the last look.

## Start and Training

What was drawn and what training has made of it are judged differently. At the start, the first loss should be close to
ln ${vocabSize} = ${fixed(uniform, 2)}, and few tanh outputs should be saturated: a few percent with batch normalization, up to a fifth with Kaiming's scale.
Training raises that to 10% to 30%, and the best nets of part 3 end there. What costs is saturation before anything is learned. An update should be about a thousandth of its matrix once the first steps are over.

## Minibatches and Decay

A step sees a few examples, so its loss and its gradient are those of all plus noise. Many steps with rough gradients beat a few with exact
ones. At a constant rate the steps end up jumping around the minimum, higher the larger the rate is. A tenth of the rate calms them, and the loss drops
at once: do it when the smoothed curve is level, not before.

AdamW divides a gradient by its recent size, so every weight moves by about the learning rate: hence 0.0005 where gradient descent
takes 0.1. Its decay does not go through the gradient: w ← w (1 − rate · decay).

## One Batch

A context that has several targets in a batch leaves a doubt, so the least loss is not 0. It depends on what a model sees. One that is
near it has no mistake; one that stays above has one, or too small a rate, too little freedom, or a penalty in its loss. Overfit One Batch makes up to
1,000 steps:

${table(
  ['preset', 'sees', 'least', 'reached', 'steps'],
  floors.map(({ preset, learningRate, sees, floor, reached, steps }) => [
    `\`${preset}\`${learningRate ? ` at ${learningRate}` : ''}`,
    sees,
    fixed(floor, 4),
    fixed(reached, 4),
    whole(steps),
  ]),
)}

The rate of \`makemore-bigram\` moves a logit by 0.5 at most in 1,000 steps. The nets of part 1 have the penalty of regularization in their loss and
make 100 steps, and the two characters of the trigram net vote without knowing of each other.

## Running Statistics

Batch normalization takes mean and std from the batch while it trains, and running ones for evaluation and sampling. They start at 0 and 1 and
follow slowly: a momentum of 0.001 takes some 1,000 steps, one of 0.1 some 10. Until then the dev loss is too high, by
${fixed(first.running - first.calibrated)} at step ${first.step} of \`mlp-part3-batchnorm\`:

${table(
  ['step', 'dev, running', 'dev, of all train names', 'lag'],
  lag.map(({ step, running, calibrated }) => [
    whole(step),
    fixed(running),
    fixed(calibrated),
    fixed(running - calibrated),
  ]),
)}

The bias before it is dropped, since subtracting the mean would remove it. A batch of one cannot be normalized: its std is 0 / 0. What is
added to the variance (eps) keeps a neuron that is the same for all examples from being divided by 0. How far a step moves W still
depends on its scale, so with batch normalization, too, a gain of 10 wants another learning rate than a gain of 1, though the activations look alike.

## Temperature, Top-k, and Memory

Characters are drawn from softmax(logits / T): T = 1 is the model as it is, and T → 0 takes the likeliest (argmax). Top-k makes all but the k largest logits
−∞. Both favor short, frequent names, so more of what is drawn stands in the file. That is no memory. The control is dev: train
has 8 times as many names, so a model without memory draws 8 times as many of them. Names that stand in the file several times are likely,
and likely to be in train, so the last columns count the different names that it has once. Of 1,000 names:

${table(
  ['model', 'T', 'top-k', 'in train', 'in dev', 'in test', 'once: train', 'once: dev'],
  samples.map(({ model, temperature, topK, train, dev, test, known }) => [
    `\`${model}\``,
    String(temperature),
    topK ? String(topK) : 'all',
    percent(train),
    ...(known ? [percent(dev), percent(test), whole(known.train), whole(known.heldOut)] : ['–', '–', '–', '–']),
  ]),
)}

\`trigram-counts\` counts all names, so that all are train.

## Embeddings

A row of the table is one-hot @ C: the table is a layer like any other. Its rows are drawn at random, and move only where their characters
occur. After 20,000 steps of \`mlp-part3-tanh\`:

${table(
  ['character', 'length at the start', 'moved by'],
  moved.map(({ character, length, moved: by }) => [character, fixed(length, 2), fixed(by, 2)]),
)}

So the neighbors of a rare character are mostly those that it was drawn beside.

## Without Tanh

Switch tanh and batch normalization of \`deep-part3-batchnorm\` off, and look at the activations and gradients of its first steps. A gain of 1 keeps
their std from layer to layer; 5/3, which makes up for what a tanh squashes, lets it grow, and the gradients on their way back too;
0.5 lets both fade. And however many linear layers there are, together they are one.

## The Transformer

- Attention knows no order: the row of \`wpe\` for a place is added to the row of \`wte\` for the character.
- A block adds to what it gets (a residual), so gradients flow past it unchanged.
- LayerNorm normalizes the numbers of one character, so it needs neither a batch nor running statistics.
- GELU is a smooth ReLU.

## After an Experiment

- One batch stays above its least loss: try a larger rate or width, then look for gradients of 0 and dead neurons.
- The range test was still falling at its end: a larger rate may be better. It only rises: all rates were too high.
- Overfitting is told: the best weights were not kept, so train again with fewer steps.
`;
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const fixed = (value, digits = 3) => value.toFixed(digits).replace('-', '−');
const percent = share => `${(100 * share).toFixed(1)}%`;
const whole = n => n.toLocaleString('en-US');
