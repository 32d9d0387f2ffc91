import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../../../tests/fixtures/small-disk.ts';
import { noConnection } from '../../database/no-connection.ts';
import { explainedByLog } from './server-log.ts';

const own = ownDirectories();

describe.runIf(canMount)('on a disk without room for a segment of WAL', () => {
  let small: SmallDisk;
  beforeEach(async () => {
    small = await mountSmallDisk(own, 20);
  });
  afterEach(() => small.remove());

  test('a server that accepts no session is explained by the disk, whatever its log says', async () => {
    const away = noConnection(
      { host: '127.0.0.1', port: 1, database: 'postgres' },
      new Error('connect ECONNREFUSED'),
    );
    expect(await explainedByLog(small.path, away)).toMatchObject({
      message: 'No connection to database "postgres" on 127.0.0.1:1',
      detail: `connect ECONNREFUSED\nNo space left on device: the disk of ${small.path} is full`,
      remedy: expect.stringContaining('go on with --resume') as string,
    });
  });
});
