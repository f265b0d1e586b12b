import type { template } from 'glass-easel';

/** The configuration of app.json, as far as the harness obeys it. */
export interface AppConfig {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
  tabBar?: { custom?: boolean; list: { pagePath: string }[] };
  window?: { navigationBarTitleText?: string };
}

/** The configuration of one page or component. */
export interface PageConfig {
  navigationBarTitleText?: string;
  enablePullDownRefresh?: boolean;
  usingComponents?: Record<string, string>;
}

/** A built mini-program as the phone loads it: everything by its path without extension, scripts with it. */
export interface Program {
  app: AppConfig;
  configs: Record<string, PageConfig>;
  /** What glass-easel's compiler makes of all WXML and WXS. */
  templates: Record<string, template.ComponentTemplate['content']>;
  styles: Record<string, string>;
  scripts: Record<string, string>;
  /** The address of the BFF that is built in; the phone serves it under its own. */
  serverOrigin: string;
  /** Every name that Taro knows of `wx`. What of it is not made here fails the test that calls it. */
  apiNames: readonly string[];
}

export interface Place {
  name: string;
  address: string;
  latitude: number;
  longitude: number;
}

/** What the phone asks of the person who holds it, and of WeChat. Answered by the test. */
export interface Hands {
  /** What `wx.login` gives. */
  loginCode(): string | Promise<string>;
  /** JPEGs in base64; none: changed his mind. */
  photos(count: number): string[];
  /** null: changed his mind. */
  place(): Place | null;
  /** What the camera reads in a QR code; null: changed his mind. */
  scan(): string | null | Promise<string | null>;
  /** To WeChat's own question whether a switch may be on: `scope.record`. */
  permit(scope: string): boolean;
  /** Done when the microphone is there; on an old phone that takes its time. */
  openMicrophone(): void | Promise<void>;
  /** What is said into the microphone, an MP3 in base64, and how long it took. */
  say(): { sound: string; milliseconds: number };
  /** To a sound that is played; done when it has been heard to its end. */
  listen(sound: HeardSound): void | Promise<void>;
  /** WeChat's own check of a nickname, once its box is left. */
  passNickname(typed: string): boolean;
  /** To WeChat's window: by template `accept`, `reject` …, or the number of its refusal. */
  subscribe(templateIds: string[]): SubscribeAnswer | Promise<SubscribeAnswer>;
  /** A picture of oneself, JPEG in base64; null: changed his mind. */
  avatar(): string | null;
  /** The code that stands for the phone number; null: changed his mind. */
  phoneCode(): string | null | Promise<string | null>;
  call(phoneNumber: string): void;
  /** A document that WeChat's viewer has opened. */
  open(document: OpenedDocument): void;
}

export interface HeardSound {
  bytes: number;
  /** An iPhone that is switched to silent says nothing. */
  obeyMuteSwitch: boolean;
}

export interface OpenedDocument {
  /** As it is called when it is sent on. */
  name: string;
  fileType: string;
  /** Its first bytes, as Latin letters. */
  begins: string;
}

export interface PhoneSettings {
  /** WeChat's own font setting; 16 is usual, 22 large. */
  fontSize: number;
  /** 隐私授权: false where nothing has been agreed to yet, and WeChat asks. */
  privacyAgreed?: boolean;
}

/** A page as it stands in somebody's chat. */
export interface ShareCard {
  title: string;
  path: string;
  imageUrl: string;
}

export type SubscribeAnswer = Readonly<Record<string, string>> | { readonly errCode: number };
