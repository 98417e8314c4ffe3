import { extension } from './support';

/** The parts of package.json that tests look at. */
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly virtualWorkspaces: boolean; readonly untrustedWorkspaces: { supported: unknown } };
  readonly contributes: {
    readonly commands: readonly { command: string; category: string }[];
    readonly keybindings: readonly { command: string; key: string; args?: unknown }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
  };
}

export function manifest(): Manifest {
  return extension().packageJSON as Manifest; // VS Code types it as any
}
