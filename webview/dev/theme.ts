import { themes, type ThemeName } from './themes';

export const themeNames = Object.keys(themes) as ThemeName[]; // the table has no other keys

/** @returns the first theme where there is none of this name */
export function themeNamed(name: string | null): ThemeName {
  return themeNames.find(known => known === name) ?? 'dark';
}

/** Changes the theme of a page like VS Code: variables on html, classes on body. */
export function wear(name: ThemeName, { documentElement: { style }, body }: Document): void {
  const { className, variables } = themes[name];
  for (const variable of [...style]) if (variable.startsWith('--vscode-')) style.removeProperty(variable);
  for (const [variable, value] of Object.entries(variables)) style.setProperty(variable, value);
  body.className = className;
}
