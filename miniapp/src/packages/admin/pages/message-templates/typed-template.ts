import type { MessageKind, TemplateMode } from '@sandan/shared/subscriptions/subscription.words';
import type { ReplyFrom } from '../../../../lib/endpoints';

export type Template = ReplyFrom<'subscriptions.templates'>['templates'][number];
export type TemplateField = Template['fields'][number];

/** What is typed; an empty number takes the template out of use. */
export interface TypedTemplate {
  templateId: string;
  mode: TemplateMode;
  fields: TemplateField[];
  leftOut: MessageKind[];
}

export const sentOf = ({ templateId, mode, fields, leftOut }: TypedTemplate) => ({
  templateId: templateId.trim() || null,
  mode,
  leftOut,
  fields: fields.filter(({ field }) => field.trim() !== ''),
});
