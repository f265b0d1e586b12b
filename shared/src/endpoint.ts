import type { z } from 'zod';
import type { Permission } from './access/roles';

/**
 * The contract of one route, as a typed literal: the server implements it, the documentation and the
 * client are made from it. See shared/README.md.
 */
export type Schema = z.ZodType;

/** Who may call at all. A permission is held "somewhere"; the row rule of the room answers "here". */
export type Access = 'anyone' | 'signedIn' | Permission;

export interface UploadBody {
  readonly kind: 'upload';
  readonly accept: 'photo' | 'voice' | 'sheet' | 'roster';
  readonly maxBytes: number;
}
/** What a machine sends in a form of its own: the door reads it within this bound, the handler understands it. */
export interface TextBody {
  readonly kind: 'text';
  readonly types: readonly string[];
  readonly maxBytes: number;
}
export const textBody = (maxBytes: number, ...types: string[]): TextBody => ({ kind: 'text', types, maxBytes });
/**
 * Whether a file takes people out of the house. `list`: it does, and these are the endpoints that hand out its address:
 * each shows a second factor, is written down, has a limit, and the file says who took it out and when (a test walks
 * them). Anything else says why it is no list.
 */
export type FileHolds = { readonly list: readonly string[] } | { readonly noList: string };
export interface FileReply {
  readonly kind: 'file';
  readonly holds: FileHolds;
  readonly types: readonly string[];
}
export const upload = (accept: UploadBody['accept'], maxBytes: number): UploadBody => ({
  kind: 'upload',
  accept,
  maxBytes,
});
/** .xlsx */
export const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** .geojson */
export const mapType = 'application/geo+json';
export const file = (holds: FileHolds, ...types: string[]): FileReply => ({ kind: 'file', holds, types });

export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: `/${string}`;
  readonly permission: Access;
  readonly summary: string;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema | UploadBody | TextBody;
  readonly reply: Schema | FileReply;
  /** Exists only in demo mode; never registered in production. */
  readonly demoOnly?: true;
  /** What an administrator sets up and what leaves the house as a list: the session has shown a second factor. */
  readonly secondFactor?: true;
}

/** Declares an endpoint and keeps the literal's own type. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;

export type Api = Readonly<Record<string, Endpoint>>;

type Parsed<T> = T extends Schema ? z.output<T> : undefined;
type Sent<T> = T extends Schema ? z.input<T> : undefined;

export type ParamsOf<E extends Endpoint> = Parsed<E['params']>;
export type QueryOf<E extends Endpoint> = Parsed<E['query']>;
export type BodyOf<E extends Endpoint> = E['body'] extends UploadBody
  ? UploadBody
  : E['body'] extends TextBody
    ? string
    : Parsed<E['body']>;
export type ReplyOf<E extends Endpoint> = E['reply'] extends Schema ? z.input<E['reply']> : FileReply;
/** What the client must send: fields with a default may be left out. */
export type SentOf<E extends Endpoint> = {
  params: Sent<E['params']>;
  query: Sent<E['query']>;
  body: E['body'] extends UploadBody | TextBody ? never : Sent<E['body']>;
};

export const isUpload = (body: Endpoint['body']): body is UploadBody =>
  body !== undefined && 'kind' in body && body.kind === 'upload';
export const isText = (body: Endpoint['body']): body is TextBody =>
  body !== undefined && 'kind' in body && body.kind === 'text';
export const isFile = (reply: Endpoint['reply']): reply is FileReply => 'kind' in reply && reply.kind === 'file';

/** The path of an action: `giveBack` → `give-back` (decisions.md §9). */
export const kebab = (action: string): string => action.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
