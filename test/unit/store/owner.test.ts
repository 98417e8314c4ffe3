import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { lifeOf, newOwner } from '../../../src/store/owner';

describe('the owner of a run', () => {
  it('is alive while its process runs', () => {
    strictEqual(lifeOf(newOwner()), 'alive');
  });

  it('is alive under the name that earlier versions gave it, without a start time', () => {
    strictEqual(lifeOf(`${hostname()} ${process.pid} a`), 'alive');
  });

  it('is dead once its process is gone', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    strictEqual(lifeOf(`${hostname()} ${pid} a`), 'dead');
  });

  it('is unknown on another machine, or under a name of another kind', () => {
    const names = [newOwner().replace(hostname(), 'elsewhere'), 'a', '', `${hostname()} 0 a`, `${hostname()} x a`];
    deepStrictEqual(
      names.map(name => lifeOf(name)),
      names.map(() => 'unknown'),
    );
  });

  // Only Linux says more of a process than that there is one.
  if (process.platform === 'linux') {
    it('is dead where another process has got its id since', () => {
      strictEqual(lifeOf(newOwner().replace(/ \d+$/, ' 1')), 'dead');
    });

    it('is dead while its process is a zombie', async () => {
      // The shell becomes a `sleep`, which never waits for the child that it inherits; until then the child has to live.
      const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 600']);
      const over = new Promise(resolve => parent.once('close', resolve));
      try {
        const pid = await new Promise<number>(resolve => parent.stdout.once('data', data => resolve(Number(data))));
        while (fs.readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await delay(1);
        parent.stdin.end();
        while (!fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ')) await delay(1);
        strictEqual(lifeOf(`${hostname()} ${pid} a`), 'dead');
      } finally {
        parent.kill('SIGKILL');
        await over;
      }
    });
  }
});
