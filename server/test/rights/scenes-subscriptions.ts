import { ulid } from 'ulid';
import { templatesInUse } from '../message-templates';
import { call, type Scenes } from './stage';

const mapping = { templateId: null, mode: 'once' as const, fields: [], leftOut: [] };

export const subscriptionScenes = {
  'subscriptions.ask': async () => ({
    attempt: (client) => call(client, 'subscriptions.ask', { query: { moment: 'placed' } }),
  }),
  'subscriptions.mine': async () => ({ attempt: (client) => call(client, 'subscriptions.mine', {}) }),
  'subscriptions.report': async () => ({
    attempt: (client) =>
      call(client, 'subscriptions.report', {
        body: { actionId: ulid(), choices: [{ templateId: 'x'.repeat(43), choice: 'accept' }] },
      }),
  }),
  'subscriptions.templates': async ({ town }) => ({
    attempt: (client) => call(client, 'subscriptions.templates', { params: { gridId: town.countyId } }, 'progress'),
  }),
  'subscriptions.check': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'subscriptions.check', { params: { gridId: town.countyId, kind: 'todo' }, body: mapping }),
  }),
  'subscriptions.save': async ({ town }) => ({
    attempt: (client) =>
      call(client, 'subscriptions.save', {
        ...{ params: { gridId: town.countyId, kind: 'todo' }, body: { ...mapping, readVersion: 0 } },
      }),
  }),
  'subscriptions.test': async ({ server, town }) => {
    await templatesInUse(server, town);
    return {
      attempt: (client) =>
        call(client, 'subscriptions.test', {
          ...{ params: { gridId: town.countyId, kind: 'progress' }, body: { actionId: ulid() } },
        }),
    };
  },
} satisfies Scenes;
