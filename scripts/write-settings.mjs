// Writes what package.json says about the settings, from their table in src/shared/settings.ts. By hand: node scripts/write-settings.mjs
import fs from 'node:fs';
import esbuild from 'esbuild';
import { inRepository, repository } from '../test/vscode/harness/places.mjs';

const { outputFiles } = await esbuild.build({
  absWorkingDir: repository,
  entryPoints: ['src/shared/settings-schema.ts'],
  bundle: true,
  format: 'esm',
  write: false,
});
const { settingProperties, restrictedSettings } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
const file = inRepository('package.json');
const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
manifest.contributes.configuration.properties = settingProperties();
manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedSettings();
fs.writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
