import nx from '@nx/eslint-plugin';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom, from the innermost layer outwards. */
export const layers = [
  // decisions: no I/O, no framework
  { sourceTag: 'layer:pure', onlyDependOnLibsWithTags: ['layer:pure'], bannedExternalImports: ['@nestjs/*', 'kafkajs', 'ws', 'rxjs', 'axios', 'class-validator', 'class-transformer'] },
  // what travels between processes
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:pure'], bannedExternalImports: ['@nestjs/*', 'kafkajs', 'ws', 'rxjs', 'axios'] },
  // the only place that knows kafkajs
  { sourceTag: 'layer:messaging', onlyDependOnLibsWithTags: ['layer:nest', 'layer:contracts', 'layer:pure'] },
  // building blocks of the stages
  { sourceTag: 'layer:nest', onlyDependOnLibsWithTags: ['layer:nest', 'layer:messaging', 'layer:contracts', 'layer:pure'], bannedExternalImports: ['kafkajs'] },
  // the stages; they never import each other
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:nest', 'layer:messaging', 'layer:contracts', 'layer:pure'], bannedExternalImports: ['kafkajs'] },
  // the one app that joins the others in one process
  { sourceTag: 'layer:standalone', onlyDependOnLibsWithTags: ['layer:app', 'layer:nest', 'layer:messaging', 'layer:contracts', 'layer:pure'], bannedExternalImports: ['kafkajs'] },
  // runs in the browser
  { sourceTag: 'layer:web', onlyDependOnLibsWithTags: ['layer:pure'], bannedExternalImports: ['@nestjs/*', 'kafkajs', 'ws', 'rxjs'] },
  // only specs use it
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:nest', 'layer:messaging', 'layer:contracts', 'layer:pure'] },
];

const forSpecs = layers.map((layer) => ({ ...layer, onlyDependOnLibsWithTags: [...layer.onlyDependOnLibsWithTags, 'layer:testing', 'layer:nest', 'layer:contracts', 'layer:pure'] }));
const boundaries = (depConstraints) => ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints }];
const noEnvironment = { object: 'process', property: 'env', message: 'Read the environment through @lts/env.' };
const nodeModules = { group: ['node:*', 'fs', 'path', 'net', 'http', 'worker_threads'], message: 'A pure library does no I/O.' };
const parserApart = { group: ['@lts/apex-parser', '**/apex-parser/**'], message: 'The simulator must not share a misreading with the parser.' };
const specs = ['**/*.spec.ts', '**/test/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist', '**/coverage', '**/node_modules', '**/artifacts', '**/jest.config.ts', '**/vite.config.ts', '**/drizzle.config.ts', '**/*.mjs'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx, 'import-x': importX },
    languageOptions: { parserOptions: { project: ['tsconfig.spec.json'], tsconfigRootDir: process.cwd() } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: { 'import-x/resolver': { node: true } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true, IIFEs: true }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      'max-depth': ['error', 3],
      complexity: ['error', 10],
      'no-restricted-properties': ['error', noEnvironment],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@nx/enforce-module-boundaries': boundaries(layers),
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: true }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
      // Nest declares its option bags as classes and takes literals for them
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['libs/env/**/*.ts', '**/libs/env/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/libs/{race-actions,race-math,apex-parser,timing-providers}/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeModules] }] },
  },
  { files: ['**/libs/race-simulator/**/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [parserApart] }] } },
  {
    files: ['**/libs/race-simulator/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [nodeModules, parserApart] }] },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(forSpecs),
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
