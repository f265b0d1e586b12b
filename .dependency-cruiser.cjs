// The walls of the house (house.md, rule 10), checked by `npm run walls`.

const tests = '\\.test\\.tsx?$';
const withZod = ['^shared/src/.*\\.(contract|schema)\\.ts$', '^shared/src/(endpoint|schemas|api)\\.ts$'];

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    wall(
      'shared-imports-nobody',
      'The contract stands on its own.',
      { path: '^shared/src/', pathNot: tests },
      { path: '^(server|miniapp|scripts)/' },
    ),
    wall(
      'shared-needs-only-zod',
      'No framework in the contract.',
      { path: '^shared/src/', pathNot: tests },
      { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    ),
    wall(
      'shared-does-nothing',
      'No files, no network, no clock of its own.',
      { path: '^shared/src/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    wall(
      'zod-in-contracts-only',
      'Everything else in shared also runs on the phone, where zod does not.',
      { path: '^shared/src/', pathNot: [tests, ...withZod] },
      { path: ['node_modules/zod/', ...withZod], dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'rooms-read-each-other-by-queries',
      'A room knows of another only what its queries tell.',
      { path: '^server/src/rooms/([^/]+)/', pathNot: tests },
      { path: '^server/src/rooms/', pathNot: ['^server/src/rooms/$1/', '\\.queries\\.ts$'] },
    ),
    wall(
      'rooms-know-no-house',
      'The house is put together above the rooms.',
      { path: '^server/src/rooms/', pathNot: tests },
      { path: '^server/src/[^/]+\\.ts$' },
    ),
    wall(
      'foundation-knows-no-room',
      'The cellar carries every room.',
      { path: '^server/src/foundation/', pathNot: tests },
      { path: '^server/src/(rooms/|[^/]+\\.ts$)' },
    ),
    wall(
      'server-imports-no-app',
      'The two meet in shared.',
      { path: '^server/' },
      { path: '^(miniapp|scripts)/', pathNot: '^scripts/[^/]+\\.mjs$' },
    ),
    wall(
      'app-imports-shared-only',
      'The two meet in shared.',
      { path: '^miniapp/src/' },
      { path: '^(server|scripts)/' },
    ),
    wall(
      'subpackages-apart',
      'WeChat loads one without the other.',
      { path: '^miniapp/src/packages/([^/]+)/' },
      { path: '^miniapp/src/packages/', pathNot: '^miniapp/src/packages/$1/' },
    ),
    wall(
      'main-package-without-subpackages',
      'What the main package imports is loaded by everybody.',
      { path: '^miniapp/src/', pathNot: ['^miniapp/src/packages/', tests] },
      { path: '^miniapp/src/packages/' },
    ),
    wall(
      'features-know-no-screen',
      'Imports flow one way: lib and ui, features, pages.',
      { path: '^miniapp/src/features/', pathNot: tests },
      { path: '^miniapp/src/(pages|packages)/' },
    ),
    wall(
      'lib-and-ui-know-no-feature',
      'Imports flow one way: lib and ui, features, pages.',
      { path: '^miniapp/src/(lib|ui)/', pathNot: tests },
      { path: '^miniapp/src/(pages|packages|features)/' },
    ),
    wall(
      'no-circles',
      'Whoever reads one file should not have to read it before itself. Types alone may point back.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    wall('nothing-missing', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'server/tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.scss'],
    },
  },
};
