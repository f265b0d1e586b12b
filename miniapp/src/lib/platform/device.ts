/** A place in GCJ-02 degrees, as everything in the app and on the wire. */
export interface ChosenPlace {
  readonly lat: number;
  readonly lng: number;
  readonly name: string;
  readonly address: string;
}

/** The longest recording that is taken. */
export const longestVoiceMs = 60_000;

/** A recording that was kept. `interrupted`: a call came in; what was said until then is there. */
export interface Recorded {
  readonly milliseconds: number;
  readonly interrupted: boolean;
}

/** A recording under way. `ended` resolves once it was stopped, or is full, and is kept on the phone under its id; null: cancelled. */
export interface Recording {
  stop(): void;
  cancel(): void;
  readonly ended: Promise<Recorded | null>;
}

/** What a phone that can record does with a voice. */
export interface Voices {
  /** A finger can be held on the screen; with a mouse one presses to begin and to end. */
  readonly byHolding: boolean;
  /**
   * Asks for the microphone, then records until `stop`, at most 60 s. Null, and nothing recorded, when nobody waits for it
   * any more by the time it may be used. Throws `NotAllowed` without the microphone.
   */
  record(voiceId: string, isWanted: () => boolean): Promise<Recording | null>;
  /** Where a kept voice can be heard, or null when it is gone. */
  kept(voiceId: string): Promise<string | null>;
  drop(voiceId: string): Promise<void>;
  /** Sends a kept voice as multipart field `file`. Throws `Offline` when there was no answer, `NotAllowed` when it is gone. */
  upload(voiceId: string, upload: Upload): Promise<UploadAnswer>;
}

/** Something of the phone's is about to be used for the first time: nothing happens until one of the two is called. */
export interface PrivacyAsked {
  /** What wants it, by WeChat's name: chooseMedia, getPhoneNumber … */
  readonly use: string;
  /** The question is on the screen. */
  shown(): void;
  /** Only after the button `buttonId` was touched. */
  agree(): void;
  disagree(): void;
}

/** 隐私授权 by WeChat's rules (wechat.md §10.1). */
export interface PrivacyRules {
  /** Of the button with `open-type="agreePrivacyAuthorization"`. */
  readonly buttonId: string;
  /** Called once. */
  onAsked(listener: (asked: PrivacyAsked) => void): void;
  /** 用户隐私保护指引 */
  openGuide(): void;
  /** Where what was allowed (microphone, album …) can be taken back. */
  openSwitches(): Promise<void>;
}

/** What was answered to a template. `ban`: the template is switched off by WeChat; `filter`: too like another one. */
export type Choice = 'accept' | 'reject' | 'ban' | 'filter';

export interface Chosen {
  readonly templateId: string;
  readonly choice: Choice;
}

/** 订阅消息: leave to send somebody a message through WeChat (wechat.md §5.4). */
export interface Notices {
  /** Only in a touch, and before anything is awaited in it; at most three. Throws `NotAllowed` with words. */
  ask(templateIds: readonly string[]): Promise<readonly Chosen[]>;
  /** What WeChat was told to keep and no more asks about; `mainSwitch`: whether it lets us send anything at all. */
  kept(): Promise<{ readonly mainSwitch: boolean; readonly choices: readonly Chosen[] }>;
  openSettings(): Promise<void>;
}

/** Something to be heard. `ended` resolves when it is over or was stopped; `NotAllowed`, with words, where it cannot be played. */
export interface Playing {
  stop(): void;
  readonly ended: Promise<void>;
}

export interface Upload {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** 0–100 */
  readonly onProgress: (percent: number) => void;
}

export interface UploadAnswer {
  readonly status: number;
  readonly body: string;
  /** Of the answer, where the phone tells them. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A file that the person has picked; it is gone with the app. */
export interface PickedFile {
  readonly name: string;
  /** Sends it as multipart field `file`. Throws `Offline` when there was no answer. */
  send(upload: Upload): Promise<UploadAnswer>;
}

/**
 * Everything the phone can do that WeChat and a browser do differently. Choosing answers null (or an empty list) when
 * the person changed his mind; refusals of a right throw `NotAllowed`.
 */
export interface Platform {
  readonly kind: 'wechat' | 'browser';
  /** What the camera reads in a QR code held before it; null where there is no such thing. Null too when the person changed his mind. */
  readonly scanCode: (() => Promise<string | null>) | null;
  /** A one-time code for the server to sign in with; null where WeChat is not. */
  loginCode(): Promise<string | null>;
  /** Photos from camera or album, at most `count`; temporary addresses that die with the app. */
  choosePhotos(count: number): Promise<readonly string[]>;
  /** Shrinks a chosen photo to ≤ 1600 px and keeps it under its id across a closed app. Returns where it can be seen. */
  keepPhoto(photoId: string, chosen: string): Promise<string>;
  /** The same for a picture of oneself: a square of ≤ 400 px. */
  keepFace(photoId: string, chosen: string): Promise<string>;
  /** Where a kept photo can be seen, or null when it is gone. */
  keptPhoto(photoId: string): Promise<string | null>;
  dropPhoto(photoId: string): Promise<void>;
  /** Drops every photo and voice that is kept here but these; null in WeChat: a phone is its owner's. */
  readonly dropFilesBut: ((ids: ReadonlySet<string>) => Promise<void>) | null;
  /** Sends a kept photo as multipart field `file`. Throws `Offline` when there was no answer. */
  uploadPhoto(photoId: string, upload: Upload): Promise<UploadAnswer>;
  previewPhotos(addresses: readonly string[], current: string): void;
  /** A file with one of these endings (xlsx), in WeChat out of a chat; null when the person changed his mind. */
  chooseSheet(endings: readonly string[]): Promise<PickedFile | null>;
  choosePlace(near?: { lat: number; lng: number }): Promise<ChosenPlace | null>;
  /** Shows a place on the phone's map, from where one is led there; null where there is no map. */
  showPlace: ((place: ChosenPlace) => void) | null;
  /** Null where speaking instead of writing is not offered. */
  readonly voices: Voices | null;
  playSound(address: string): Playing;
  /**
   * Fetches a paper (PDF or workbook) and shows it under its name: WeChat opens it, from where it can be sent on or printed;
   * a browser keeps it. Throws `ApiProblem` as the server said it, `Offline` when there was no answer.
   */
  openPaper(url: string, fileName: string): Promise<void>;
  networkNow(): Promise<{ readonly online: boolean; readonly weak: boolean }>;
  onNetworkChange(listener: (online: boolean) => void): void;
  /** There is a network, but a slow one, or no more so; never called where the phone does not tell. */
  onNetworkWeakChange(listener: (weak: boolean) => void): void;
  /** Null where the platform has no rules of its own. */
  readonly privacy: PrivacyRules | null;
  /** Null where nothing can be sent but into the app itself. */
  readonly notices: Notices | null;
  /** How much larger than usual the person has set his type; 1 is usual. */
  fontScale(): number;
  /** Hands a page of ours to somebody else; null in WeChat, whose own button does it. `shared` is said by the phone itself. */
  sendLink: ((title: string, address: string) => Promise<'shared' | 'copied'>) | null;
  /** Into the album, or where a browser keeps what it loads. `name`: of the file, without its ending. False: changed his mind. */
  savePicture(address: string, name: string): Promise<boolean>;
  /** Into the clipboard. `told` is said by the phone itself. Throws `NotAllowed`, with words. */
  copy(text: string): Promise<'copied' | 'told'>;
  /** A short tick in the hand, where there is one. */
  vibrate(): void;
  /** The screen does not go dark by itself until the returned function is called; where the phone allows it. */
  keepAwake(): () => void;
  callPhone(number: string): Promise<void>;
  /** Random bytes for ids; null where there is no source. */
  randomBytes(count: number): Promise<Uint8Array | null>;
  /** The server no longer speaks with this build: starts the newest one. */
  renewApp(): void;
  /** Called once: watches for a newer build, and moves to it when this one can no longer go on. */
  keepUpToDate(told: UpdateNews): void;
}

export interface UpdateNews {
  /** A newer build is here; `move` starts it, and leaves what is half written on the phone. */
  onReady(move: () => void): void;
  /** Without network a page was asked for that has never been here. */
  onUnreachable(): void;
}

/** The person, or the system, has refused a right (camera, place, microphone). `title` says what to do. */
export class NotAllowed extends Error {
  constructor(readonly title: string) {
    super(title);
    this.name = 'NotAllowed';
  }
}
