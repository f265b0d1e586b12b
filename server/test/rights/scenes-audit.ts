import { ulid } from 'ulid';
import { recordAct } from '../../src/foundation/audit/record-act';
import { signedPaper } from '../../src/foundation/documents/signed-papers';
import { auditPapersPath, type AuditPaperName } from '../../src/rooms/audit/audit-papers';
import { outcomeOfFile } from './scenes-papers';
import { call, now, type MakeScene, type Scenes, type Stage } from './stage';

/** An act of the village's lead on something of the town. */
async function happened({ server, town, ...stage }: Stage): Promise<{ personId: string; thingId: string }> {
  const [personId, thingId] = [town.people.deskLead.id, ulid()];
  const doer = { personId, now: now({ server, town, ...stage }), townId: town.townId };
  await server.world.database.transaction((db) =>
    recordAct(db, doer, 'revealContact', { thingId, facts: { purpose: 'handle' } }),
  );
  return { personId, thingId };
}

/** By the address that the auditor was given; `forged`: its signature on another paper. */
const opening =
  (forged: boolean): MakeScene =>
  async (stage) => {
    const personId = stage.town.people.auditor.id;
    const { thingId } = await happened(stage);
    const addressOf = (name: AuditPaperName) =>
      signedPaper(auditPapersPath, name, stage.server.world.signing, now(stage));
    const address = addressOf({ what: 'entries', personId, filters: { thingId }, rows: 1 });
    const other = addressOf({ what: 'entries', personId, filters: {}, rows: 1 });
    const path = forged ? `${other.split('?')[0]}?${address.split('?')[1]}` : address;
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', path)) };
  };

export const auditScenes = {
  'audit.list': async (stage) => {
    const { thingId } = await happened(stage);
    return { attempt: (client) => call(client, 'audit.list', { query: { thingId } }, thingId) };
  },
  'audit.state': async () => ({ attempt: (client) => call(client, 'audit.state', {}) }),
  'audit.export': async (stage) => {
    const { thingId } = await happened(stage);
    return { attempt: (client) => call(client, 'audit.export', { query: { thingId } }) };
  },
  'audit.changeRules': async () => ({
    attempt: (client) => call(client, 'audit.changeRules', { body: { keepDays: 365, idleDays: 90 } }),
  }),
  'audit.open': opening(false),
  'audit.open forged': opening(true),
  'grantReviews.roles': async () => ({ attempt: (client) => call(client, 'grantReviews.roles', {}, 'audit.read') }),
  'grantReviews.rolesPaper': async () => ({ attempt: (client) => call(client, 'grantReviews.rolesPaper', {}) }),
  'grantReviews.counts': async ({ town }) => ({
    attempt: (client) => call(client, 'grantReviews.counts', { query: { gridId: town.villageA } }),
  }),
  'grantReviews.accounts': async ({ town }) => {
    const query = { concern: 'endless' as const, gridId: town.villageA, limit: 100 };
    const { id } = town.people.deskLead;
    return { attempt: (client) => call(client, 'grantReviews.accounts', { query }, id) };
  },
} satisfies Scenes;
