import { createHash } from 'node:crypto';
import { newKey, type KeyRing } from '../src/foundation/personal-data/key-ring';
import { createVault } from '../src/foundation/personal-data/vault';

/**
 * Files share the database of their jest worker. A search over everybody meets the people of others, whose values open
 * here, too; by number nobody finds them: each file has an index key of its own.
 */
export const testRing: KeyRing = {
  seal: {
    current: 'k1',
    keys: [{ id: 'k1', suite: 'aes', secret: createHash('sha256').update('the key of the tests').digest('base64') }],
  },
  index: { current: 'i1', keys: [newKey('i1')] },
};
export const testVault = createVault(() => testRing);
