import { fault } from './faults';

/** The names a script of a mini-program is given: `wx`, `App`, `Page`, `Component` … */
export type Given = Readonly<Record<string, unknown>>;

const languageNames = [
  ...['Object', 'Array', 'Boolean', 'Number', 'BigInt', 'String', 'Symbol', 'Date', 'Math', 'JSON', 'RegExp'],
  ...['Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Proxy', 'Reflect', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float32Array', 'Float64Array', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError'],
  ...['EvalError', 'URIError', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'NaN', 'Infinity', 'undefined'],
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape', 'console'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
] as const;
const forbiddenAsParameters = ['eval', 'arguments'];

const browser = window as unknown as Readonly<Record<string, unknown>>;

/** All that WeChat's JavaScript has besides what is given: the language, timers, the console. */
const language: Given = Object.fromEntries(
  languageNames.map((name) => {
    const value = browser[name];
    return [name, /^(set|clear)/.test(name) ? (value as () => void).bind(window) : value];
  }),
);

/** WeChat has no `eval`: code that tries finds out here, not on a phone. */
const noFunction = new Proxy(Function, {
  apply: refuseEval,
  construct: refuseEval,
});

function refuseEval(_target: unknown, ...[, given]: unknown[]): never {
  fault(`Function(${String(given).slice(0, 80)}) was called; WeChat runs no text as code`);
  throw new EvalError('no code from text');
}

/** Every other name of the browser (`window`, `fetch`, `URL`, `Intl` …) is there, and undefined, as in WeChat. */
function maskedNames(given: Given): string[] {
  const kept = new Set<string>([...languageNames, ...Object.keys(given), ...forbiddenAsParameters]);
  const names = new Set<string>();
  for (let each: object | null = window; each; each = Object.getPrototypeOf(each) as object | null) {
    Object.getOwnPropertyNames(each).forEach((name) => names.add(name));
  }
  return [...names].filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && !kept.has(name));
}

interface Module {
  exports: unknown;
}

export interface Modules {
  /** Runs a script, and what it requires, once. */
  load(path: string): unknown;
}

export function createModules(scripts: Readonly<Record<string, string>>, given: Given): Modules {
  const loaded = new Map<string, Module>();

  const load = (path: string): unknown => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module: Module = { exports: {} };
    loaded.set(path, module);
    const names = {
      ...given,
      ...{ Function: noFunction, global: language, globalThis: language },
      ...{ require: (wanted: string) => load(resolve(path, wanted, scripts)), module, exports: module.exports },
    };
    const parameters = [...Object.keys(names), ...maskedNames(names)];
    const run = new Function(...parameters, `'use strict';${scripts[path]}\n//# sourceURL=weapp/${path}`);
    run.call(undefined, ...Object.values(names));
    return module.exports;
  };
  return { load: (path) => load(resolve('', path, scripts)) };
}

function resolve(from: string, wanted: string, scripts: Readonly<Record<string, string>>): string {
  const path = joinPath(from, wanted);
  const found = [path, `${path}.js`, `${path}/index.js`].find((each) => each in scripts);
  if (!found)
    throw new Error(`module '${path}' is not defined, require args is '${wanted}' (in ${from || 'the program'})`);
  return found;
}

/** `pages/me/index` + `../../comp` → `comp`; a leading slash starts at the root. */
export function joinPath(from: string, to: string): string {
  const parts = to.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of to.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
