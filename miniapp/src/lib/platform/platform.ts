import { browser } from './browser';
import type { Platform } from './device';
import { wechat } from './wechat';

// A constant at build time, so that each build carries only its own half.
export const platform: Platform = process.env.TARO_ENV === 'h5' ? browser : wechat;
