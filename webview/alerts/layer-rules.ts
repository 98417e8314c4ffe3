import type { LayerLook } from '../../src/shared/inspection';
import type { RunState } from '../../src/shared/run-state';
import { listed } from './listed';
import { evenGain, isDrawnByScale, slower, smallerWeights } from './fixes';
import { recentMedian } from './recent';
import { rule, type Rule } from './rule';

/**
 * The share of a tanh layer beyond 0.97 that is too much before anything is learned: in part 3, the Kaiming start has a
 * fifth, the first one two thirds. Training may well lead there, since a trained net uses its saturation.
 */
const tooSaturated = 1 / 3;
/** No training needs this. */
const nearlyAll = 0.9;
/** A first look later than this says little about the start. A fast net has made a few thousand steps before anybody can look. */
const startSteps = 5000;
/** A healthy layer has a std of about 0.65; without a gain or normalization it has half of that. */
const tooQuiet = 0.1;
/** In a healthy net, the gradients of the layers are within a factor of two. */
const tooUneven = 10;

export const layerRules: readonly Rule[] = [
  rule({
    id: 'all-saturated',
    place: 'activations',
    about: 'training',
    kind: 'warning',
    silences: ['saturated'],
    find: ({ state }) => trainedInto(state, nearlyAll),
    tell: (names, { preset }) => ({
      title: `Nearly all of ${listed(names)} is saturated`,
      says: `Training has driven nearly all of ${listed(names)} into saturation (|h| > 0.97): hardly any gradient passes there.`,
      ...slower(preset?.hyperparameters ?? {}),
    }),
  }),
  rule({
    id: 'saturated',
    place: 'activations',
    about: 'start',
    kind: 'warning',
    find: ({ state }) => (isDrawnByScale(state) ? saturatedSinceStart(state) : []),
    tell: (names, { preset, layerHistory }) => ({
      title: `Over a third of ${listed(names)} is saturated`,
      says: `More than a third of ${listed(names)} is saturated (|h| > 0.97)${wasSeenAtStart(layerHistory) ? ', as the weights were drawn' : ''}: tanh is flat there, hardly any gradient passes, and the weights before it learn slowly.`,
      ...smallerWeights(preset?.hyperparameters ?? {}),
    }),
  }),
  rule({
    id: 'quiet',
    place: 'activations',
    about: 'start',
    kind: 'warning',
    find: ({ state }) =>
      layersWhere(
        state,
        ({ std }) => std,
        std => std < tooQuiet,
      ),
    tell: (names, { preset }) => {
      const vary = names.length > 1 ? 'vary' : 'varies';
      return {
        title: `${listed(names)} hardly ${vary}`,
        says: `${listed(names)} hardly ${vary}: with a std below 0.1 the examples look alike to what comes after.`,
        ...evenGain(preset?.hyperparameters ?? {}),
      };
    },
  }),
  rule({
    id: 'no-gradient',
    place: 'gradients',
    about: 'training',
    kind: 'warning',
    silences: ['uneven', 'slow'],
    find: ({ state }) =>
      layersWhere(
        state,
        ({ gradStd }) => gradStd,
        std => std === 0,
      ),
    tell: (names, { preset }) => ({
      title: `No gradient reaches ${listed(names)}`,
      says: `No gradient at all reaches ${listed(names)}: what comes before does not learn.`,
      ...evenGain(preset?.hyperparameters ?? {}),
    }),
  }),
  rule({
    id: 'uneven',
    place: 'gradients',
    about: 'training',
    kind: 'warning',
    find: ({ state }) => unevenLayers(state),
    tell: ({ least, largest }, { preset }) => ({
      title: `${least} learns far more slowly than ${largest}`,
      says: `The gradient at ${least} is less than a tenth of that at ${largest}: one of them learns far more slowly than the other.`,
      ...evenGain(preset?.hyperparameters ?? {}),
    }),
  }),
];

/** The layers that are saturated now and were so when they were first seen, as far as that is known. */
function saturatedSinceStart(state: RunState): string[] {
  return saturatedLayers(state, tooSaturated).filter(name => (firstSaturation(state, name) ?? 1) > tooSaturated);
}

/** The layers that were not saturated at the start. */
function trainedInto(state: RunState, share: number): string[] {
  return saturatedLayers(state, share).filter(name => (firstSaturation(state, name) ?? 1) <= tooSaturated);
}

function saturatedLayers(state: RunState, share: number): string[] {
  return layersWhere(
    state,
    ({ kind, saturated }) => (kind === 'tanh' ? saturated : NaN),
    saturated => saturated > share,
  );
}

/** The share at the first look; undefined where that came too late. */
function firstSaturation({ layerHistory }: RunState, name: string): number | undefined {
  if (!wasSeenAtStart(layerHistory)) return undefined;
  return layerHistory.at(0)?.layers.find(layer => layer.name === name)?.saturated;
}

function wasSeenAtStart(history: RunState['layerHistory']): boolean {
  return (history.at(0)?.step ?? Infinity) <= startSteps;
}

function unevenLayers(state: RunState): { readonly least: string; readonly largest: string } | undefined {
  const sizes = outputs(state).flatMap(({ name }) => {
    const std = recent(state, name, ({ gradStd }) => gradStd);
    return std === undefined ? [] : [{ name, std }];
  });
  if (sizes.length < 2) return undefined;
  const least = sizes.reduce((a, b) => (b.std < a.std ? b : a));
  const largest = sizes.reduce((a, b) => (b.std > a.std ? b : a));
  return largest.std > tooUneven * least.std ? { least: least.name, largest: largest.name } : undefined;
}

function outputs({ inspection }: RunState): readonly LayerLook[] {
  return (inspection?.layers ?? []).filter(({ kind }) => kind !== 'preactivation');
}

/** The names of the layers whose number has recently been beyond a threshold. */
function layersWhere(
  state: RunState,
  pick: (layer: LayerLook) => number,
  isBeyond: (value: number) => boolean,
): string[] {
  const names = outputs(state).map(({ name }) => name);
  return names.filter(name => {
    const value = recent(state, name, pick);
    return value !== undefined && isBeyond(value);
  });
}

function recent({ layerHistory }: RunState, name: string, pick: (layer: LayerLook) => number): number | undefined {
  return recentMedian(layerHistory.flatMap(({ layers }) => layers.filter(layer => layer.name === name).map(pick)));
}
