import { existsSync } from 'node:fs';
import type { Config } from '../config';
import { newKeyRing, watchKeyRing, writeKeyRing } from './key-ring';
import { createVault, type Vault } from './vault';

/**
 * The vault of this installation, by its key file. Outside production a missing file is made; in production that would
 * hide a lost one, so it is a fault there ({@link ConfigFault}).
 */
export function openVault({ mode, keysFile }: Pick<Config, 'mode' | 'keysFile'>): Vault {
  if (mode !== 'production' && !existsSync(keysFile)) writeKeyRing(keysFile, newKeyRing());
  return createVault(watchKeyRing(keysFile));
}
