import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deletePictures, isPicturesName } from './delete';
import { ownFile, ownFolder } from './file-system';
import { isDead, newOwner } from './owner';
import { untilFree } from './patience';
import { reading } from './read-file';

/** Pictures to which nobody has come back for this long are deleted. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;
const left = 'left';
/** A window that closes has little more time than this. */
const mostWait = 2_000;

/**
 * The last pictures of windows, one file each. A file is named after the workspace and the window that owns it. The next
 * window takes the newest file whose owner is gone by renaming it to its own name, in which only one window can succeed.
 */
export class LastPictures {
  private readonly workspace: string;
  private readonly own: string;

  /**
   * @param workspace what is open in the window; windows on other workspaces never see its pictures
   * @param owner this window's name
   */
  constructor(
    private readonly folder: string,
    workspace: string,
    owner = newOwner(),
  ) {
    this.workspace = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    this.own = `${this.workspace} ${Buffer.from(owner).toString('base64url')}`;
  }

  /** Writes under another name first: readers find the old file or the new one, whole. */
  write(bytes: Uint8Array): Promise<void> {
    return whenFree(() => this.tryToWrite(bytes));
  }

  private async tryToWrite(bytes: Uint8Array): Promise<void> {
    const unfinished = this.file(`unfinished ${this.own}`);
    await mkdir(this.folder, { recursive: true, mode: ownFolder });
    await deletePictures(unfinished);
    try {
      await writeFile(unfinished, bytes, { flag: 'wx', mode: ownFile });
      await rename(unfinished, this.file(this.own));
    } catch (error) {
      await deletePictures(unfinished); // half a file would only take room on a full disk
      throw error;
    }
  }

  async remove(): Promise<void> {
    await whenFree(() => deletePictures(this.file(this.own)));
  }

  /**
   * Takes over what an earlier window has left; undefined if there is nothing.
   *
   * @param mostBytes a file that is larger than any that was written counts as empty
   */
  async take(mostBytes: number): Promise<Uint8Array | undefined> {
    for (const name of await this.unowned()) {
      try {
        // Taken when they are read: what nobody gets stays where it is.
        const bytes = await whenFree(() => readPictures(this.file(name), mostBytes));
        await whenFree(() => rename(this.file(name), this.file(this.own)));
        return bytes;
      } catch {
        continue; // another window was quicker, or they cannot be read
      }
    }
    return undefined;
  }

  /** Leaves the pictures to the next window. */
  async leave(): Promise<void> {
    try {
      await whenFree(() => rename(this.file(this.own), this.file(`${this.workspace} ${left} ${randomUUID()}`)));
    } catch {
      return; // this window has none, or they stay under its name until it is gone
    }
  }

  /** Whether another window, perhaps one that is just closing, has pictures of this workspace. */
  async othersHave(): Promise<boolean> {
    const names = await this.names();
    return names.some(name => name !== this.own && this.isOfWorkspace(name) && !isUnowned(name));
  }

  /** Deletes pictures to which nobody has come back. */
  async clear(): Promise<void> {
    const end = Date.now() - keptMilliseconds;
    for (const name of await this.names())
      if ((await this.writtenAt(name)) < end) await deletePictures(this.file(name));
  }

  /** The newest first. */
  private async unowned(): Promise<string[]> {
    const names = (await this.names()).filter(name => this.isOfWorkspace(name) && isUnowned(name));
    const files = await Promise.all(names.map(async name => ({ name, writtenAt: await this.writtenAt(name) })));
    return files.sort((a, b) => b.writtenAt - a.writtenAt).map(({ name }) => name);
  }

  private async names(): Promise<string[]> {
    try {
      return (await whenFree(() => readdir(this.folder))).filter(isPicturesName);
    } catch {
      return []; // nothing has been trained yet
    }
  }

  private async writtenAt(name: string): Promise<number> {
    try {
      return (await lstat(this.file(name))).mtimeMs;
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

/** Waits while another program holds a file. */
function whenFree<T>(act: () => Promise<T>): Promise<T> {
  return untilFree(fs, act, { most: mostWait });
}

async function readPictures(file: string, mostBytes: number): Promise<Uint8Array> {
  const handle = await open(file, reading);
  try {
    const stat = await handle.stat();
    return stat.isFile() && stat.size <= mostBytes ? await handle.readFile() : new Uint8Array(0);
  } finally {
    await handle.close();
  }
}

function isUnowned(name: string): boolean {
  const [, owner = ''] = name.split(' ');
  return owner === left || isDead(Buffer.from(owner, 'base64url').toString());
}
