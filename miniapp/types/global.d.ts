/// <reference types="@tarojs/taro" />

/** Address of the BFF without `/api`; empty in the browser, where the BFF serves the page itself. Set by config/index.ts. */
declare const SANDAN_ORIGIN: string;
/** Version of this build, sent as X-App-Version. Set by config/index.ts. */
declare const SANDAN_VERSION: string;

declare module '*.scss';

declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: 'weapp' | 'h5';
    TARO_OUT?: string;
    SANDAN_ORIGIN?: string;
  }
}
