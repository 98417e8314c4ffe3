import * as vscode from 'vscode';
import { showBriefly, showInputBox } from '../text/surfaces';
import type { CommandContext } from './command-context';
import type { Session } from '../session/session';
import { isBigram, type Bigram } from '../../shared/characters';
import { InputError } from '../../shared/errors';
import { asRead, type TextRules } from '../../shared/reading';
import { defaultRunOptions } from '../../shared/run';
import { hasModel } from '../../shared/run-state';

export function sample({ session, inspector }: CommandContext): void {
  needModel(session);
  session.sample({});
  inspector.show('samples');
}

/** @param cell the matrix cell that was right-clicked; from the palette there is none, and the person is asked. */
export async function sampleBigram(cell: unknown, { session, inspector }: CommandContext): Promise<void> {
  needModel(session);
  const { boundary, reading } = session.state.info ?? defaultRunOptions;
  const bigram = bigramOf(cell) ?? (await askBigram(boundary, reading));
  if (!bigram) return;
  session.sample({ bigram });
  inspector.show('samples');
}

export async function copySamples(session: Session): Promise<void> {
  const text = sampledText(session);
  await vscode.env.clipboard.writeText(text);
  showBriefly('Makemore: names copied.');
}

export async function openSamples(session: Session): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: sampledText(session), language: 'plaintext' });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

function bigramOf(cell: unknown): Bigram | undefined {
  if (typeof cell !== 'object' || cell === null || !('first' in cell) || !('second' in cell)) return undefined;
  const bigram = [cell.first, cell.second];
  return isBigram(bigram) ? bigram : undefined;
}

async function askBigram(boundary: string, rules: TextRules): Promise<Bigram | undefined> {
  const value = await showInputBox({
    title: 'Sample Names with a Bigram',
    prompt: `Two characters; ${boundary} marks the start and end of a name`,
    placeHolder: 'an',
    validateInput: text => (isBigram([...asRead(text, rules)]) ? undefined : 'Type two characters.'),
  });
  const bigram = [...asRead(value ?? '', rules)];
  return isBigram(bigram) ? bigram : undefined;
}

function sampledText(session: Session): string {
  const words = session.state.samples?.words ?? [];
  if (words.length === 0) throw new InputError('There are no names yet: run Makemore: Sample Names first.');
  return `${words.map(word => word.text).join('\n')}\n`;
}

function needModel({ state }: Session): void {
  if (hasModel(state)) return;
  throw new InputError(
    state.restored
      ? 'The model was lost when the window reloaded. Resume Run or train again first.'
      : 'There is no model yet: open a file of names and run Makemore: Train on This File first.',
  );
}
