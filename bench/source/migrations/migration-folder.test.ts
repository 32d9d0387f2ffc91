import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOOSE, named, NUMBERED, ownFolder, type Files } from './own-folder.fixture.ts';

const { place, read, problemsOf } = ownFolder();

describe('a folder', () => {
  test.each([
    ['that is not there', 'missing', '--migrations: there is no folder DIR/missing'],
    ['that is a file', 'file', '--migrations: DIR/file is no folder; it takes the folder of the migrations'],
  ])('%s is refused', async (_what, name, problem) => {
    expect(await problemsOf({ file: '' }, { location: place(name) })).toEqual([problem]);
  });

  test('with a link to what is none of its files is refused, and says nothing of what is there', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await writeFile(join(outside, 'secret'), 'MARKER');
      await symlink(join(outside, 'secret'), place('2_b.sql'));
      await symlink('2_b.sql', place('3_c.sql'));
      await symlink('.git/config', place('4_d.sql'));
      await symlink('1_a.sql', place('5_e.sql'));
      const why = 'is a link to what is no file of the folder: put the file itself there';
      expect(await problemsOf({ '1_a.sql': '', '.git/config': 'MARKER' })).toEqual(
        ['2_b', '3_c', '4_d'].map((name) => `--migrations: DIR/${name}.sql ${why}`),
      );
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test('is read by a link to it, and a link to one of its own files is that file', async () => {
    await symlink('.', place('linked'));
    await symlink('1_a.sql', place('2_b.sql'));
    const { candidate } = await read({ '1_a.sql': 'SELECT 1;' }, { location: place('linked') });
    expect([candidate.name, candidate.up.text]).toEqual(['2_b', 'SELECT 1;']);
  });

  test('without any migration is refused, with the place where some are', async () => {
    const [nothing] = await problemsOf({ 'README.md': '' });
    expect(nothing).toMatch(/^--migrations: DIR has no migration; it takes a folder of Prisma Migrate, /);
    expect(await problemsOf({ 'migrations/2024_init/migration.sql': '' })).toEqual([
      '--migrations: DIR has no migration; did you mean DIR/migrations?',
    ]);
    expect(await problemsOf({ 'db/migrations/1_a.sql': '' })).toEqual([
      '--migrations: DIR has no migration; did you mean DIR/db/migrations?',
    ]);
  });

  test('without a migration of the tool that is named is refused', async () => {
    expect(await problemsOf(NUMBERED, { tool: named('flyway') })).toEqual([
      '--migrations: DIR has no migration of Flyway, such as V1__name.sql',
    ]);
  });

  test.each([
    [{ 'V1__a.sql': '', '2_b.sql': GOOSE }, 'Flyway (V1__a.sql) and goose (2_b.sql)', 'flyway or goose'],
    [
      { '1_a.sql': GOOSE, '2_b.sql': '-- migrate:up\n' },
      'goose (1_a.sql) and dbmate (2_b.sql)',
      'goose or dbmate',
    ],
    [
      { 'migration_lock.toml': '', '1_a/migration.sql': '', '2_b.up.sql': '' },
      'Prisma Migrate (1_a/migration.sql) and golang-migrate (2_b.up.sql)',
      'prisma or golang-migrate',
    ],
    [
      { '1_a.sql': '', 'Cargo.toml': 'sqlx = "0.8"', 'package.json': '{"node-pg-migrate": "7"}' },
      'SQLx (Cargo.toml) and node-pg-migrate (package.json)',
      'sqlx or node-pg-migrate',
    ],
  ])('with files of two tools is refused: %j', async (files, tools, names) => {
    expect(await problemsOf(files)).toEqual([
      `--migrations: DIR may be of ${tools}; say which with --tool ${names}`,
    ]);
  });

  test('is of the tool that is named, whatever else it has', async () => {
    const { tool, candidate } = await read({ 'V1__a.sql': '', '2_b.sql': GOOSE }, { tool: named('goose') });
    expect([tool.name, candidate.name]).toEqual(['goose', '2_b']);
  });

  test.each<[Files, string[]]>([
    [
      { '1_a.sql': '', '01_b.sql': '', '2_c.down.sql': '' },
      [
        'version 1 has several files: 01_b.sql, 1_a.sql',
        '2_c.down.sql takes back a migration that is not there',
      ],
    ],
    [{ 'V1__a.sql': '', 'V1_0__b.sql': '' }, ['version 1 has several files: V1_0__b.sql, V1__a.sql']],
    [
      {
        'meta/_journal.json': '{"entries": [{"tag": "0000_a"}, {"tag": "0001_b"}, {"tag": "0000_a"}]}',
        ...{ '0000_a.sql': '', '0002_c.sql': '' },
      },
      [
        'meta/_journal.json names 0001_b, and there is no 0001_b.sql',
        'meta/_journal.json names 0000_a twice',
        '0002_c.sql is not in meta/_journal.json',
      ],
    ],
    [
      { 'meta/_journal.json': '{"entries": {}}', '0000_a.sql': '' },
      ['meta/_journal.json: entries: Invalid input: expected array, received object'],
    ],
    [
      { 'migration_lock.toml': '', '1_a/migration.sql': '', '2_b/notes.md': '' },
      ['2_b has no migration.sql'],
    ],
    [
      { '2024-01-01_a/up.sql': '', '20240101_b/up.sql': '', 'c/down.sql': '' },
      ['version 20240101 has several files: 2024-01-01_a, 20240101_b', 'c has no up.sql'],
    ],
    [
      {
        'committed/000001.sql': '--! Previous: -\n--! Hash: a\n',
        'committed/000002.sql': '--! Previous: b\n--! Hash: c\n',
        'committed/000003.sql': 'SELECT 1;\n',
      },
      [
        'committed/000002.sql follows b, and the file before it is a',
        'committed/000003.sql has no header "--! Previous: ..." and "--! Hash: ..."',
      ],
    ],
    [
      { '1_a.sql': GOOSE, '2_b.sql': 'SELECT 1;', '3_c.sql': `${GOOSE}-- +goose StatementBegin\n` },
      [
        '2_b.sql has no line "-- +goose Up"',
        '3_c.sql has a StatementBegin without its StatementEnd, or the other way round',
      ],
    ],
    [
      { '1_a.sql': '-- migrate:up\n', '2_b.sql': 'SELECT 1;\n-- migrate:up\n-- migrate:down\n' },
      ['1_a.sql has no line "-- migrate:down"', '2_b.sql has statements before "-- migrate:up"'],
    ],
  ])('that is out of order is refused, with all that is wrong: %j', async (files, problems) => {
    expect(await problemsOf(files)).toEqual(problems.map((problem) => `--migrations: in DIR, ${problem}`));
  });

  test('is refused together with a candidate that it does not have', async () => {
    expect(await problemsOf({ '1_a.sql': '', '01_b.sql': '' }, { candidate: 'orders' })).toEqual([
      '--migrations: in DIR, version 1 has several files: 01_b.sql, 1_a.sql',
      '--candidate: DIR has no migration "orders"; known are 01_b, 1_a',
    ]);
  });

  test('begins with the last baseline of Flyway', async () => {
    const { schema, candidate } = await read({
      ...{ 'V1__a.sql': '', 'B2__base.sql': '', 'V2__b.sql': '', 'V3__c.sql': '', 'B1__old.sql': '' },
    });
    expect([...schema, candidate].map(({ name }) => name)).toEqual(['B2__base', 'V3__c']);
  });

  test('of Drizzle since 1.0 has a folder for each migration', async () => {
    const { tool, schema, candidate } = await read({
      ...{
        '2_b/migration.sql': '',
        '2_b/snapshot.json': '{}',
        '1_a/migration.sql': '',
        '1_a/snapshot.json': '{}',
      },
    });
    expect([tool.name, schema.length, candidate.name]).toEqual(['drizzle', 1, '2_b']);
  });

  test.each<[string, Files, string]>([
    [
      'goose',
      { '1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n' },
      '\n\n-- +goose Down\nSELECT 2;\n',
    ],
    [
      'dbmate',
      { '1_a.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n' },
      '\n\n-- migrate:down\nSELECT 2;\n',
    ],
    ['graphile-migrate', { 'committed/000001.sql': '--! Previous: -\n--! Hash: a\n\nSELECT 1;\n' }, ''],
  ])('of %s may have the line ends of Windows', async (name, files, down) => {
    const [[path, text] = ['', '']] = Object.entries(files);
    const { tool, candidate } = await read({ [path]: text.replaceAll('\n', '\r\n') });
    expect(tool.name).toBe(name);
    expect((candidate.down?.text ?? '').replaceAll('\r', '')).toBe(down);
  });

  test('of days has them in the order of their names', async () => {
    const { schema } = await read({ '2024-01-02-b.sql': '', '2024-01-02-a.sql': '', '2024-01-03-c.sql': '' });
    expect(schema.map(({ name }) => name)).toEqual(['2024-01-02-a', '2024-01-02-b']);
  });

  test('with a file that is not UTF-8 is refused, with the place', async () => {
    await writeFile(place('1_a.sql'), Buffer.from([0x53, 0x0a, 0xff]));
    expect(await problemsOf({})).toEqual(['--migrations: DIR/1_a.sql:2:1: the file is not UTF-8']);
  });
});
