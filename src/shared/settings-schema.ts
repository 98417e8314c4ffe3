/** What package.json says about the settings: `node scripts/write-settings.mjs` writes it there. */
import { settings, type Setting } from './settings';

/** `contributes.configuration.properties`. */
export function settingProperties(): Readonly<Record<string, unknown>> {
  const rows: [string, Setting][] = Object.entries(settings);
  return Object.fromEntries(rows.map(([name, setting], i) => [`makemore.${name}`, propertyOf(setting, i + 1)]));
}

/** `capabilities.untrustedWorkspaces.restrictedConfigurations`: what a folder that nobody trusts could set otherwise. */
export function restrictedSettings(): string[] {
  const rows: [string, Setting][] = Object.entries(settings);
  return rows.flatMap(([name, { scope }]) => (scope === 'machine' ? [] : [`makemore.${name}`]));
}

function propertyOf({ schema, default: initial, scope, description, details, labels }: Setting, order: number) {
  const { type, enum: choices, ...limits } = schema;
  return {
    type,
    ...(choices !== undefined && { enum: choices }),
    ...(labels && { enumItemLabels: labels }),
    default: initial,
    ...limits,
    ...(details && { enumDescriptions: details }),
    ...(scope !== 'window' && { scope }), // which is what VS Code takes without one
    markdownDescription: description,
    order,
  };
}
