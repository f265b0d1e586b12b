/** One thing that was tried by npm run wechat:check, in words for the clerk at the server. */
export interface Checked {
  readonly what: string;
  readonly isWell: boolean;
  readonly words: string;
}
