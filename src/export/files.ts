import { exportedConfig } from './config';
import { diagnosticsCsv, evaluationsCsv, lossesCsv, type Looks } from './csv';
import { exportedData } from './data';
import { sampleScript } from './script';
import { exportedWeights } from './weights';
import type { StoredRun } from '../store/run-folder';
import { encodeSafetensors } from '../store/safetensors';

export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A run as files for other programs: the model for PyTorch, with a script that draws names from it, and its history as
 * tables.
 *
 * @param looks what the inspector has seen, if anything
 * @throws InputError if the run's text has no names
 */
export function exportedFiles(stored: StoredRun, looks?: Looks): ExportedFile[] {
  const { record, checkpoint } = stored;
  const data = exportedData(stored);
  // The safetensors package writes "pt" for PyTorch.
  const weights = encodeSafetensors({ tensors: exportedWeights(stored, data), metadata: { format: 'pt' } });
  const hasSeen = looks !== undefined && looks.layerHistory.length + looks.updateHistory.length > 0;
  return [
    { name: 'model.safetensors', bytes: Buffer.concat(weights) },
    textFile('config.json', exportedConfig(stored, data)),
    textFile('sample.py', sampleScript(record.preset)),
    textFile('losses.csv', lossesCsv(checkpoint.losses)),
    textFile('evaluations.csv', evaluationsCsv(checkpoint.evaluations)),
    ...(hasSeen ? [textFile('diagnostics.csv', diagnosticsCsv(looks))] : []),
  ];
}

function textFile(name: string, text: string): ExportedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}
