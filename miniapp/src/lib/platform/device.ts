/** A place in GCJ-02 degrees, as everything in the app and on the wire. */
export interface ChosenPlace {
  readonly lat: number;
  readonly lng: number;
  readonly name: string;
  readonly address: string;
}

/** A recording under way. `ended` resolves once it was stopped, or is full, and is kept on the phone under its id. */
export interface Recording {
  stop(): void;
  readonly ended: Promise<{ readonly seconds: number }>;
}

/** What a phone that can record does with a voice. The server takes what WeChat records (MP3), not what browsers do. */
export interface Voices {
  /** Records until `stop`, at most 60 s. Throws `NotAllowed` without the microphone. */
  record(voiceId: string): Promise<Recording>;
  /** Where a kept voice can be heard, or null when it is gone. */
  kept(voiceId: string): Promise<string | null>;
  drop(voiceId: string): Promise<void>;
  /** Sends a kept voice as multipart field `file`. Throws `Offline` when there was no answer. */
  upload(voiceId: string, upload: Upload): Promise<UploadAnswer>;
}

/** Something to be heard: `ended` resolves when it is over or was stopped. */
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
  /** Where a kept photo can be seen, or null when it is gone. */
  keptPhoto(photoId: string): Promise<string | null>;
  dropPhoto(photoId: string): Promise<void>;
  /** Drops every photo that is kept here but these; null in WeChat: a phone is its owner's. */
  readonly dropPhotosBut: ((photoIds: ReadonlySet<string>) => Promise<void>) | null;
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
  isOnline(): Promise<boolean>;
  onNetworkChange(listener: (online: boolean) => void): void;
  /** How much larger than usual the person has set his type; 1 is usual. */
  fontScale(): number;
  /** Hands a page of ours to somebody else; null in WeChat, whose own button does it. `shared` is said by the phone itself. */
  sendLink: ((title: string, address: string) => Promise<'shared' | 'copied'>) | null;
  /** Into the album, or where a browser keeps what it loads. `name`: of the file, without its ending. False: changed his mind. */
  savePicture(address: string, name: string): Promise<boolean>;
  /** A short tick in the hand, where there is one. */
  vibrate(): void;
  callPhone(number: string): Promise<void>;
  /** Random bytes for ids; null where there is no source. */
  randomBytes(count: number): Promise<Uint8Array | null>;
  /** The server no longer speaks with this build: starts the newest one. */
  renewApp(): void;
  /**
   * Called once: watches for a newer build, and moves to it when this one can no longer go on or the person agrees.
   * `onUnreachable`: without network a page was asked for that has never been here.
   */
  keepUpToDate(onUnreachable: () => void): void;
}

/** The person, or the system, has refused a right (camera, place, microphone). `title` says what to do. */
export class NotAllowed extends Error {
  constructor(readonly title: string) {
    super(title);
    this.name = 'NotAllowed';
  }
}
