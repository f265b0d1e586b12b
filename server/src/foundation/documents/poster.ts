/** Codes to be hung up, as plain data for the document child: what each says, not how it is drawn (poster-pdf.ts). */
export interface Posters {
  readonly title: string;
  /** A4 each; 100 × 140 mm each; eight to a page of A4 with cut marks. */
  readonly format: 'poster' | 'plate' | 'sheet';
  readonly signs: readonly Sign[];
  /** Who took them out, on a sheet outside of the cut marks. */
  readonly margin: string | null;
}

export interface Sign {
  /** 碧塘村三组 */
  readonly place: string;
  /** 12号; 便民服务点; null: the place itself. */
  readonly under: string | null;
  /** WeChat's picture of the code (JPEG or PNG, square), or the address behind it, drawn as an ordinary QR code. */
  readonly code: { readonly picture: Uint8Array } | { readonly address: string };
  /** Whom one calls without a phone that scans. */
  readonly phone: string | null;
  /** Small, at the foot. */
  readonly foot: string;
}
