import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const withZod = ['**/*.contract', '**/*.schema', 'endpoint', 'schemas', 'api'];
const code = '**/*.{ts,tsx,mjs,js,cjs}';

/** Of eslint's recommended rules those that the compiler does not see. */
const plainMistakes = [
  ...[
    'no-constant-condition',
    'no-control-regex',
    'no-empty',
    'no-empty-character-class',
    'no-misleading-character-class',
  ],
  ...['no-self-assign', 'no-unsafe-finally', 'no-useless-catch', 'no-useless-escape', 'use-isnan', 'no-regex-spaces'],
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.data/', 'shared/src/routes.generated.ts'] },
  tseslint.configs.recommended,
  {
    name: 'the house',
    files: [code],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      ...Object.fromEntries(plainMistakes.map((rule) => [rule, 'error'])),
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-nested-ternary': 'error',
    },
  },
  {
    name: 'tables as they were on their day',
    files: ['server/src/foundation/database/migrations/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    name: 'a promise that nobody waits for is an error that nobody sees',
    files: ['server/{src,test}/**/*.ts'],
    languageOptions: {
      parserOptions: { project: 'server/tsconfig.json', tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  {
    name: 'hooks',
    files: ['miniapp/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    name: 'no zod on the phone: contracts are for their types alone (decisions.md §5.3)',
    files: ['miniapp/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [...withZod.map((name) => `@sandan/shared/${name}`), 'zod'],
              allowTypeImports: true,
              message: 'Import its types only: zod costs 117 kB and does not start in WeChat.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'settings of tools that read CommonJS',
    files: ['miniapp/*.js', 'miniapp/config/**/*.{js,ts}', '**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
