import type { TemplateKind, TemplateMode } from '@sandan/shared/subscriptions/subscription.words';
import type { TemplateField } from '../src/foundation/subscribe/subscribe.entity';
import { MessageTemplate } from '../src/foundation/subscribe/subscribe.entity';
import { WechatAccount } from '../src/rooms/people/person.entity';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

const field = (name: string, value: TemplateField['value']): TemplateField => ({ field: name, value, words: [] });

/** As the county of this town fills them in; numbers of its own, since a number is one account's. */
export const templateFields: Readonly<Record<TemplateKind, readonly TemplateField[]>> = {
  progress: [field('thing1', 'what'), field('phrase2', 'state'), field('name3', 'who'), field('time4', 'time')],
  newTask: [field('thing1', 'what'), field('thing2', 'place'), field('time3', 'time'), field('thing4', 'note')],
  todo: [field('thing1', 'what'), field('phrase2', 'state'), field('thing5', 'note')],
};

export const templateIdOf = (town: Pick<Town, 'countyId'>, kind: TemplateKind): string =>
  `${kind}-${town.countyId}`.padEnd(43, '-');

export async function templatesInUse(
  { world }: Pick<TestServer, 'world'>,
  town: Pick<Town, 'countyId'>,
  mode: TemplateMode = 'once',
): Promise<void> {
  const rows = (Object.keys(templateFields) as TemplateKind[]).map((kind) => ({
    ...{ countyId: town.countyId, kind, templateId: templateIdOf(town, kind), mode, version: 1 },
    fields: templateFields[kind],
  }));
  await world.database.transaction((db) => db.upsert(MessageTemplate, rows, ['fields']));
}

/** The WeChat account of somebody of the town, as if he had signed in from his phone. */
export async function onWechat({ world, clock }: TestServer, town: Town, name: PersonName): Promise<string> {
  const { id: personId } = town.people[name];
  const openid = `o-${personId}`;
  const account = { openid, personId, unionid: null, createdAt: new Date(clock.now()) };
  await world.database.transaction((db) => db.upsert(WechatAccount, [account], ['openid']));
  return openid;
}
