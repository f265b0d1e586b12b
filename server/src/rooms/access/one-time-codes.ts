import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** Half a minute to a code, six digits, SHA-1: what every authenticator app does (RFC 6238). */
const period = 30;
const issuer = '三单';

const totpOf = (secret: string, label?: string): TOTP =>
  new TOTP({ issuer, secret: Secret.fromBase32(secret), period, digits: 6, ...(label ? { label } : {}) });

/** 160 random bits in base 32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app scans. */
export const otpAddress = (secret: string, label: string): string => totpOf(secret, label).toString();

/** The half minute the code belongs to, now or one beside it, because clocks of phones differ; null for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period, timestamp }) + delta;
}

/** Without what is mistaken for something else on paper: 0 o, 1 l i. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');

/** Ten codes of 59 bits, each of which stands in for the phone once: k3vd-8xnm-p2qr */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => [group(), group(), group()].join('-'));

/** However it was typed. The person's id keeps equal codes of two people apart. */
export const recoveryHash = (personId: string, code: string): Buffer =>
  createHash('sha256')
    .update(`${personId} ${code.toLowerCase().replace(/[- ]/g, '')}`)
    .digest();

export const isRecoveryCode = (code: string): boolean => !/^\d{6}$/.test(code);
