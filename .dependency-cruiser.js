import { TARGETS } from './bench/servers/index.ts';

/** Who may import whom: each room lists the rooms it may look into; everything else is closed. */
const rooms = {
  'bench/model': [],
  'bench/format': ['bench/model'],
  'bench/flags': ['bench/model'],
  'bench/system': ['bench/model', 'bench/format'],
  'bench/analyse': ['bench/model', 'bench/format', 'seed'],
  'bench/report': ['bench/system', 'bench/model', 'bench/format'],
  'bench/progress': ['bench/model', 'bench/format'],
  'bench/history': ['bench/analyse', 'bench/system', 'bench/model', 'bench/format'],
  'bench/suite': ['bench/system', 'bench/model', 'bench/format', 'seed'],
  'bench/suites': ['bench/suite', 'bench/model', 'bench/format', 'seed'],
  'bench/database': ['bench/system', 'bench/model', 'bench/format'],
  'bench/servers': ['bench/database', 'bench/flags', 'bench/system', 'bench/model', 'bench/format'],
  'bench/source': ['bench/database', 'bench/suite', 'bench/system', 'bench/model', 'bench/format', 'seed'],
  'bench/audit': ['bench/database', 'bench/model', 'bench/format'],
  'bench/verify': ['bench/database', 'bench/model', 'bench/format'],
  'bench/measure': ['bench/database', 'bench/system', 'bench/model', 'bench/format'],
  'bench/run': [
    'bench/source',
    'bench/suite',
    'bench/servers',
    'bench/flags',
    'bench/database',
    'bench/measure',
    'bench/analyse',
    'bench/report',
    'bench/system',
    'bench/model',
    'bench/format',
    'seed',
  ],
  'bench/qualify': [
    'bench/run',
    'bench/system',
    'bench/servers',
    'bench/suites',
    'bench/analyse',
    'bench/model',
    'bench/format',
    'seed',
  ],
  'bench/sweep': [
    'bench/run',
    'bench/servers',
    'bench/flags',
    'bench/database',
    'bench/measure',
    'bench/analyse',
    'bench/report',
    'bench/system',
    'bench/model',
    'bench/format',
    'seed',
  ],
  seed: ['bench/model', 'bench/format'],
};

/** The only places that may import a library. */
const keepers = {
  pg: [
    'bench/database/',
    'bench/servers/',
    'bench/source/',
    'bench/audit/',
    'bench/verify/',
    'bench/measure/',
    'seed/',
  ],
  'libpg-query': ['bench/database/', 'bench/suite/', 'bench/source/', 'bench/measure/answers\\.ts$'],
  'pgsql-deparser': ['bench/source/'],
  tinybench: ['bench/measure/block\\.ts$'],
  'cli-table3': ['bench/report/formats/terminal/'],
  '@observablehq/plot': ['bench/report/figures/'],
  jiti: ['bench/suite/load-suite\\.ts$'],
  linkedom: ['bench/report/figures/plot\\.ts$'],
  'csv-stringify': ['bench/report/formats/csv/'],
  '@faker-js/faker': ['seed/'],
  'pg-copy-streams': ['seed/', 'bench/source/'],
  ...Object.fromEntries(
    TARGETS.flatMap(({ name, libraries }) =>
      libraries.map((library) => [library, [`bench/servers/${name}/`]]),
    ),
  ),
  testcontainers: ['bench/servers/containers/'],
  '@testcontainers/postgresql': ['bench/servers/containers/'],
  commander: ['bench/cli/'],
  'log-update': ['bench/progress/'],
};

/** What could talk to the network: the database, through pg, is all that a run has to reach. */
const network = ['http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises', 'net'];

/** One asks the system for a free port, the other what kind of address a text is; neither connects. */
const connectNowhere = '^bench/servers/(embedded/postmaster|url/room)\\.ts$';

const tests = '\\.(test|fixture)\\.ts$|^tests/fixtures/';

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room} imports only ${allowed.join(', ') || 'nothing of the project'}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: tests },
      to: { path: '^(bench|seed|scripts|tests)/', pathNot: [room, ...allowed].map((path) => `^${path}/`) },
    })),
    ...Object.entries(keepers).map(([library, places]) => ({
      name: `${library} stays in ${places.join(', ')}`,
      severity: 'error',
      from: { path: '^(bench|seed)/', pathNot: [...places.map((place) => `^${place}`), tests] },
      to: { path: `node_modules/${library}/` },
    })),
    {
      name: 'no target looks into another one',
      severity: 'error',
      from: { path: '^bench/servers/([^/]+)/', pathNot: tests },
      to: { path: '^bench/servers/[^/]+/', pathNot: '^bench/servers/($1|containers|nodes)/' },
    },
    {
      name: 'no network but the database',
      severity: 'error',
      from: { path: '^(bench|seed)/', pathNot: [connectNowhere, tests] },
      to: { dependencyTypes: ['core'], path: `^(node:)?(${network.join('|')})$` },
    },
    {
      name: 'only dependencies that are installed for use',
      severity: 'error',
      from: { path: '^(bench|seed)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
