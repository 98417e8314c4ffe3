/** What the files of a run are called. */
export const files = {
  record: 'run.json',
  names: 'names.txt',
  checkpoint: 'checkpoint.safetensors',
  details: 'details.json',
} as const;

/** A checkpoint that cannot be read is kept under such a name. */
export const asideSuffix = '.damaged';

/** Whether a run's file is called so. */
export function isOfRun(name: string): boolean {
  return name.startsWith(`${files.checkpoint}${asideSuffix}`) || Object.values(files).some(file => file === name);
}
