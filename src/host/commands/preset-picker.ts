import * as vscode from 'vscode';
import type { Asked, Place } from './in-steps';
import { showChoiceStep, type Way } from '../text/surfaces';
import type { Memory } from '../memory';
import { configuredPreset } from '../settings';
import { models } from '../../shared/models';
import { presets, type Preset } from '../../shared/presets';

type PresetItem = vscode.QuickPickItem & { readonly preset?: Preset };

const lastPresetKey = 'lastPreset';
/** What Enter takes before anything was ever trained, as far as it is offered: nothing is wrong with them from the start. */
const newcomers: readonly string[] = ['bigram-counts', 'mlp-part3-batchnorm'];

/** Which preset to train. The one from the settings, else the one used last, comes first: Enter picks it. */
export function askPreset(
  memory: Memory,
  { title, isOffered }: { title: string; isOffered: (preset: Preset) => boolean },
): Asked<Preset> {
  const configured = configuredPreset();
  const last = memory.get(lastPresetKey);
  const offered = presets.filter(isOffered);
  const [top] = [configured, last, ...newcomers].flatMap(id => offered.find(preset => preset.id === id) ?? []);
  if (!top) throw new Error('There is no preset to offer.');
  const why = top.id === configured ? 'the setting' : top.id === last ? 'used last' : 'a good start';
  const items: PresetItem[] = [separator(why), item(top)];
  let part = '';
  for (const preset of offered.filter(p => p !== top)) {
    if (preset.part !== part) items.push(separator((part = preset.part)));
    items.push(item(preset));
  }
  let picked: Preset | undefined;
  const ask = async (place: Place): Promise<Way> => {
    const placeHolder = 'Choose a model; Enter takes the first';
    const before = picked && [item(picked)];
    const { chosen, way } = await showChoiceStep(items, { title, placeHolder, ...place, before });
    if (way !== 'next' || !chosen?.preset) return way;
    picked = chosen.preset;
    void memory.update(lastPresetKey, picked.id); // nobody waits for it
    return way;
  };
  return { questions: [{ isAsked: () => true, ask }], answer: () => picked ?? top };
}

const separator = (label: string): PresetItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

function item(preset: Preset): PresetItem {
  const { id, title, detail, model } = preset;
  const { paper } = models[model];
  return { label: title, description: id, detail: paper === null ? detail : `${detail} (${paper})`, preset };
}
