import type { IconName } from '../../../config/icon-names';
import type { ReplyFrom } from '../../lib/endpoints';

export type Category = ReplyFrom<'categories.list'>['categories'][number];

/** One word for a picture; a category that a county added gets the first part of its own name. */
const shortNames: Readonly<Record<string, string>> = {
  roadDamage: '修路',
  streetLight: '路灯',
  waterSupply: '用水',
  garbage: '垃圾',
  elderHelp: '帮老人',
  errand: '代办',
  dispute: '调解',
};

const icons: Readonly<Record<string, IconName>> = {
  roadDamage: 'construction',
  streetLight: 'lightbulb',
  waterSupply: 'droplets',
  powerCut: 'zap',
  garbage: 'trash-2',
  elderHelp: 'heart-handshake',
  errand: 'package',
  papers: 'file-text',
  dispute: 'scale',
  hazard: 'siren',
  missingPerson: 'siren',
};

const fieldIcons: Readonly<Record<string, IconName>> = {
  infrastructure: 'construction',
  utilities: 'droplets',
  environment: 'leaf',
  care: 'heart-handshake',
  errands: 'package',
  livelihood: 'sprout',
  safety: 'siren',
  peace: 'scale',
  villageAffairs: 'landmark',
};

export const iconOf = ({ id, field }: Pick<Category, 'id' | 'field'>): IconName =>
  icons[id] ?? fieldIcons[field] ?? 'ellipsis';

export const shortNameOf = ({ id, name }: Pick<Category, 'id' | 'name'>): string =>
  shortNames[id] ?? name.split(/[、，,（(]/)[0]!.slice(0, 4);

/** The pictures of the home page, in their order. */
export const picturesOf = (categories: readonly Category[], count: number): Category[] =>
  categories
    .filter(({ active, picture }) => active && picture !== null)
    .sort((one, other) => (one.picture ?? 0) - (other.picture ?? 0))
    .slice(0, count);

/** For whoever finds nothing that fits: the desk sorts it out when it studies the order. */
export const catchAllOf = (categories: readonly Category[]): Category | undefined =>
  categories.find(({ active, id }) => active && id === 'other');

export interface Field {
  readonly field: string;
  readonly fieldName: string;
  readonly categories: readonly Category[];
}

/** What can be ordered, by field, in the order of the server. */
export function byField(categories: readonly Category[]): Field[] {
  const fields = new Map<string, Category[]>();
  for (const category of categories) {
    if (category.active) fields.set(category.field, [...(fields.get(category.field) ?? []), category]);
  }
  return [...fields].map(([field, within]) => ({ field, fieldName: within[0]!.fieldName, categories: within }));
}
