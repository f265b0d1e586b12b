import type { TemplateKind } from '@sandan/shared/subscriptions/subscription.words';
import { fromJson, type Db, type Reading } from '../database/connect';
import { rowOf } from '../database/rows';
import type { MessageTemplate } from './subscribe.entity';

/** One that may be sent by. */
export type UsedTemplate = MessageTemplate & { templateId: string };

const templateRow = (row: Record<string, unknown>): MessageTemplate => {
  const template = rowOf<MessageTemplate>(row);
  const { fields, leftOut } = template;
  return {
    ...template,
    fields: fromJson<MessageTemplate['fields']>(fields),
    leftOut: fromJson<MessageTemplate['leftOut']>(leftOut),
  };
};

export async function templatesOf(reading: Reading, countyId: string): Promise<MessageTemplate[]> {
  const rows = await reading.query<Record<string, unknown>>('SELECT * FROM message_template WHERE county_id = ?', [
    countyId,
  ]);
  return rows.map(templateRow);
}

/** Those of every county that may be sent now: there are three of each. */
export async function openTemplates(reading: Reading, now: Date): Promise<UsedTemplate[]> {
  const rows = await reading.query<Record<string, unknown>>(
    'SELECT * FROM message_template WHERE template_id IS NOT NULL AND (held_until IS NULL OR held_until <= ?)',
    [now],
  );
  return rows.map((row) => templateRow(row) as UsedTemplate);
}

/** The template of this number, whichever county's it is. */
export async function templateByNumber(
  reading: Reading,
  templateId: string,
): Promise<Pick<UsedTemplate, 'templateId' | 'mode'> | null> {
  const [row] = await reading.query<Pick<UsedTemplate, 'templateId' | 'mode'>>(
    'SELECT template_id AS templateId, mode FROM message_template WHERE template_id = ? LIMIT 1',
    [templateId],
  );
  return row ?? null;
}

interface Fault {
  readonly errcode: number;
  readonly field: string | null;
}

/** Nothing of these is sent before then; in every process. */
export async function holdTemplates(
  db: Db,
  { countyId, kind, until }: { countyId: string; kind?: TemplateKind; until: Date },
): Promise<void> {
  await db.write(
    `UPDATE message_template SET held_until = GREATEST(COALESCE(held_until, ?), ?)
     WHERE county_id = ? ${kind ? 'AND kind = ?' : ''}`,
    [until, until, countyId, ...(kind ? [kind] : [])],
  );
}

/** Between two looks whether WeChat answers again: 30 s, a minute, two … at most ten minutes. */
const silencePause = 'LEAST(600, 30 * POW(2, LEAST(silent, 5)))';

/** WeChat did not answer: nothing of this county is sent for a while, in any process. Those that were on their way together count as one. */
export async function noteSilence(db: Db, countyId: string, now: Date): Promise<void> {
  await db.write(
    `UPDATE message_template SET held_until = ? + INTERVAL ${silencePause} SECOND, silent = silent + 1
     WHERE county_id = ? AND (held_until IS NULL OR held_until <= ?)`,
    [now, countyId, now],
  );
}

/** WeChat has answered about a message. */
export async function endSilence(db: Db, countyId: string): Promise<void> {
  await db.write('UPDATE message_template SET silent = 0 WHERE county_id = ? AND silent > 0', [countyId]);
}

/** What WeChat said of a template, for the administrator's page; null: it is taken again. */
export async function noteFault(
  db: Db,
  { countyId, kind }: Pick<MessageTemplate, 'countyId' | 'kind'>,
  fault: (Fault & { at: Date }) | null,
): Promise<void> {
  await db.write(
    'UPDATE message_template SET fault_errcode = ?, fault_field = ?, fault_at = ? WHERE county_id = ? AND kind = ?',
    [fault?.errcode ?? null, fault?.field ?? null, fault?.at ?? null, countyId, kind],
  );
}
