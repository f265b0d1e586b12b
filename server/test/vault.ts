import { newKeyRing } from '../src/foundation/personal-data/key-ring';
import { createVault } from '../src/foundation/personal-data/vault';

/** One ring per test file: each builds its own towns, and nobody opens those of others. */
export const testRing = newKeyRing();
export const testVault = createVault(() => testRing);
