import { fault } from '../faults';
import type { PageStack } from '../page-stack';
import { device } from './device';
import { fileSystem } from './file-system';
import { media } from './media';
import { network } from './network';
import { notices } from './notices';
import { privacy } from './privacy';
import { recording } from './recorder';
import { screenOf } from './screen';
import { sockets } from './socket';
import { sounds } from './sound';
import { storage } from './storage';
import { updates } from './updates';

/** What webpack's and Taro's runtimes look for, and may find missing. */
const askedFor = new Set(['webpackJsonp', 'cloud', '$taroGlobal']);

/** `wx` as this phone has it. To use anything else of it is a fault, told by name. */
export function createWx(stack: PageStack, apiNames: readonly string[]): object {
  const made: Record<string, unknown> = {
    ...{ ...network, ...storage, ...fileSystem, ...media, ...device, ...screenOf(stack), ...stack.wx },
    ...{ ...privacy, ...recording, ...notices, ...sockets, ...sounds, ...updates },
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
  };
  made['canIUse'] = (name: string) => (name.split('.')[0] ?? '') in made;
  for (const name of apiNames) made[name] ??= missing(name);
  return new Proxy(made, {
    get: (api, name) => {
      if (typeof name === 'string' && !(name in api) && !askedFor.has(name)) fault(`wx.${name} was looked for`);
      return Reflect.get(api, name) as unknown;
    },
  });
}

const launch = () => ({ path: window.program.app.pages[0], query: {}, scene: 1001, referrerInfo: {} });

const missing = (name: string) => () => {
  fault(`wx.${name} was called, which the harness does not have`);
  throw new TypeError(`wx.${name} is not a function`);
};
