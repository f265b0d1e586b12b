import { Secret, TOTP } from 'otpauth';

/** What an authenticator app would show for this secret at that moment. */
export const codeAt = (secret: string, at: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
