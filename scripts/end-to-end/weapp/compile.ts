import { createRequire } from 'node:module';
import { TmplGroup } from 'glass-easel-template-compiler';
import { without, type BuildFolder } from './build-folder';
import { appConfigOf } from './check-build';
import type { PageConfig, Program } from './program';

/** What the compiler says of one place; its types leave it open. */
interface TemplateFault {
  isError: boolean;
  path: string;
  startLine: number;
  startColumn: number;
  message: string;
}

/** `window.program = …`: the mini-program for the phone. Throws with file, line and column where WXML is not right. */
export function compileProgram(build: BuildFolder, serverOrigin: string): string {
  const texts = (extension: string): [path: string, text: string][] =>
    build.paths.filter((path) => path.endsWith(extension)).map((path) => [without(extension, path), build.read(path)]);
  const configs = texts('.json').map(([path, text]) => [path, JSON.parse(text) as PageConfig] as const);
  const rest: Omit<Program, 'templates'> = {
    app: appConfigOf(build),
    configs: Object.fromEntries(configs),
    styles: Object.fromEntries(texts('.wxss')),
    scripts: Object.fromEntries(texts('.js').map(([path, text]) => [`${path}.js`, text])),
    serverOrigin,
    apiNames: apiNamesOfTaro(),
  };
  const templates = compileTemplates(texts('.wxml'), texts('.wxs'));
  return `window.program = Object.assign(${JSON.stringify(rest)}, { templates: (function () { return ${templates} })() });`;
}

type Text = readonly [path: string, text: string];

function compileTemplates(pages: readonly Text[], scripts: readonly Text[]): string {
  const group = new TmplGroup();
  for (const [path, text] of scripts) group.addScript(path, text);
  const faults = pages.flatMap(([path, text]) => group.addTmpl(path, text) as TemplateFault[]);
  const errors = faults.filter(({ isError }) => isError);
  if (errors.length > 0) throw new Error(errors.map(faultWords).join('\n'));
  const compiled = group.getTmplGenObjectGroups();
  group.free();
  return compiled;
}

const faultWords = ({ path, startLine, startColumn, message }: TemplateFault): string =>
  `${path}.wxml:${startLine + 1}:${startColumn + 1} ${message}`;

/** Names in Taro's list that Taro makes itself; it would take ours for WeChat's. */
const ownOfTaro = new Set([
  ...['Behavior', 'getEnv', 'ENV_TYPE', 'Link', 'interceptors', 'interceptorify', 'Current', 'options', 'eventCenter'],
  ...['Events', 'preload', 'taro', 'requirePlugin', 'initPxTransform', 'pxTransform', 'canIUseWebp', 'getAppInfo'],
  ...['getApp', 'getCurrentInstance', 'addInterceptor', 'cleanInterceptors', 'initTabBarApis', 'css_248z', 'router'],
]);

function apiNamesOfTaro(): string[] {
  const require = createRequire(import.meta.url);
  const { apis } = require('@tarojs/plugin-platform-h5/dist/definition.json') as { apis: Record<string, unknown> };
  return Object.keys(apis).filter((name) => !ownOfTaro.has(name));
}
