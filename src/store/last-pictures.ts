import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDead, newOwner } from './owner';

/** Pictures to which nobody has come back for so long are deleted. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;
const left = 'left';

/**
 * The last pictures of windows, a file for each, named by the workspace and by its owner as long as that one lives. The
 * window that comes next takes the newest file that nobody owns by giving it its own name, which only one window can do.
 */
export class LastPictures {
  private readonly workspace: string;
  private readonly own: string;

  /**
   * @param workspace what is open in the window: others have nothing to do with its pictures
   * @param owner what this window calls itself
   */
  constructor(
    private readonly folder: string,
    workspace: string,
    owner = newOwner(),
  ) {
    this.workspace = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    this.own = `${this.workspace} ${Buffer.from(owner).toString('base64url')}`;
  }

  /** Under another name first: whoever reads finds the old file or the new one, whole. */
  async write(bytes: Uint8Array): Promise<void> {
    const unfinished = this.file(`unfinished ${this.own}`);
    await mkdir(this.folder, { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, this.file(this.own));
  }

  async remove(): Promise<void> {
    await rm(this.file(this.own), { force: true });
  }

  /**
   * What a window before has left, which is ours from now on; undefined where there is nothing.
   *
   * @param mostBytes what is larger than any that was written is as good as empty
   */
  async take(mostBytes: number): Promise<Uint8Array | undefined> {
    for (const name of await this.unowned()) {
      try {
        await rename(this.file(name), this.file(this.own));
        const { size } = await stat(this.file(this.own));
        return size <= mostBytes ? await readFile(this.file(this.own)) : new Uint8Array(0);
      } catch {
        continue; // another window was quicker
      }
    }
    return undefined;
  }

  /** Leaves them to the next window. */
  async leave(): Promise<void> {
    try {
      await rename(this.file(this.own), this.file(`${this.workspace} ${left} ${randomUUID()}`));
    } catch {
      return; // there are none
    }
  }

  /** Whether another window has pictures of this workspace, perhaps one that is on its way out. */
  async othersHave(): Promise<boolean> {
    const names = await this.names();
    return names.some(name => name !== this.own && this.isOfWorkspace(name) && !isUnowned(name));
  }

  /** Deletes what nobody has come back to. */
  async clear(): Promise<void> {
    const end = Date.now() - keptMilliseconds;
    for (const name of await this.names())
      if ((await this.writtenAt(name)) < end) await rm(this.file(name), { force: true });
  }

  /** The newest first. */
  private async unowned(): Promise<string[]> {
    const names = (await this.names()).filter(name => this.isOfWorkspace(name) && isUnowned(name));
    const files = await Promise.all(names.map(async name => ({ name, writtenAt: await this.writtenAt(name) })));
    return files.sort((a, b) => b.writtenAt - a.writtenAt).map(({ name }) => name);
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch {
      return []; // nothing has been trained yet
    }
  }

  private async writtenAt(name: string): Promise<number> {
    try {
      return (await stat(this.file(name))).mtimeMs;
    } catch {
      return Infinity; // taken by another window a moment ago
    }
  }

  private isOfWorkspace(name: string): boolean {
    return name.startsWith(`${this.workspace} `);
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

function isUnowned(name: string): boolean {
  const [, owner] = name.split(' ');
  return owner === left || isDead(Buffer.from(owner, 'base64url').toString());
}
