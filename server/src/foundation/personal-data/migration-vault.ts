import type { DataSource, QueryRunner } from 'typeorm';
import type { Vault } from './vault';

const vaults = new WeakMap<DataSource, Vault>();

/** A migration is handed nothing but its runner; what it seals it seals with the vault given to `migrate`. */
export const giveVault = (source: DataSource, vault: Vault): void => void vaults.set(source, vault);

export function vaultOf({ connection }: QueryRunner): Vault {
  const vault = vaults.get(connection);
  if (!vault) throw new Error('This migration seals personal data: run it by migrate()');
  return vault;
}
