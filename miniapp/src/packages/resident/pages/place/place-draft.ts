import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import type { Category } from '../../../../features/orders/category-pictures';
import type { SentTo } from '../../../../lib/endpoints';
import { said } from '../../../../lib/said';
import type { Me } from '../../../../lib/session';

/**
 * An order of one's own or for the family; straight to the own party member; for a neighbour without a phone; of what was
 * found in a visit, at the household that was visited.
 */
export type Way = 'own' | 'direct' | 'proxy' | 'visit';

/** Everything that is asked. What is left empty has a known answer: my home, my phone. */
export interface PlaceFields {
  readonly categoryId: string | null;
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly voice: { readonly id: string; readonly seconds: number } | null;
  readonly forWhom: 'self' | 'family';
  readonly where: 'home' | 'elsewhere' | null;
  readonly grid: ChosenGrid | null;
  readonly gcj02: { readonly lat: number; readonly lng: number } | null;
  readonly address: string;
  /** 给爸妈点: the house that one cares for, when they live apart. */
  readonly house: { readonly householdId: string; readonly words: string } | null;
  /** A neighbour from the list, by his masked name. */
  readonly neighbour: { readonly personId: string; readonly name: string } | null;
  /** Whose it is, in words: 我妈; 张奶奶. */
  readonly personName: string;
  readonly phone: string;
  readonly bestTime: string | null;
  readonly confidential: boolean;
  /** The category whose notice was read. */
  readonly noticeRead: string | null;
  readonly consent: 'spoken' | 'signed' | null;
}

export const emptyPlace: PlaceFields = {
  ...{ categoryId: null, words: '', photoIds: [], voice: null },
  ...{ forWhom: 'self', where: null, grid: null, gcj02: null, address: '', house: null },
  ...{ neighbour: null, personName: '', phone: '', bestTime: null, confidential: false },
  ...{ noticeRead: null, consent: null },
};

/** What the questions look at besides the answers. */
export interface Asked {
  readonly way: Way;
  readonly category: Category | null;
  readonly me: Pick<Me, 'home' | 'phone' | 'name' | 'roles'>;
  /** Where the code hangs by which one came; null: by another way. */
  readonly scanned: ChosenGrid | null;
}

/**
 * At my home, or where one has scanned a code, unless said otherwise; a neighbour's order, and one of somebody without a
 * home here, never is at home.
 */
export const whereOf = ({ where }: PlaceFields, { way, me, scanned }: Asked): 'home' | 'elsewhere' =>
  (way === 'proxy' || !me.home) && way !== 'visit' ? 'elsewhere' : (where ?? (scanned ? 'elsewhere' : 'home'));

/** Where one stands is known by the code; who serves one group orders for its people: nothing has to be chosen. */
export function gridOf({ grid }: PlaceFields, { way, me, scanned }: Asked): ChosenGrid | null {
  const known = grid ?? scanned;
  if (known !== null || way !== 'proxy') return known;
  const served = me.roles.find(({ gridId, tier }) => gridId !== null && tier === 'group');
  return served?.gridId ? { gridId: served.gridId, words: served.nodeName } : null;
}

export const isForFamily = ({ forWhom }: PlaceFields, { way }: Asked): boolean => way === 'own' && forWhom === 'family';

/** The house that one cares for, which the order is for; null: none. Drafts of an earlier version know of no house. */
export const houseOf = (fields: PlaceFields, asked: Asked): PlaceFields['house'] =>
  isForFamily(fields, asked) ? (fields.house ?? null) : null;

/** The grid it falls into; null while that is not said, and where the server knows it better. */
export const gridIdOf = (fields: PlaceFields, asked: Asked): string | null =>
  isKnownHouse(fields, asked)
    ? null
    : ((whereOf(fields, asked) === 'home' ? asked.me.home?.gridId : gridOf(fields, asked)?.gridId) ?? null);

const isKnownHouse = (fields: PlaceFields, asked: Asked): boolean =>
  asked.way === 'visit' || houseOf(fields, asked) !== null;

export type Question = 'category' | 'notice' | 'words' | 'where' | 'person' | 'consent' | 'phone';
export type Missing = Readonly<Partial<Record<Question, string>>>;

const mobile = /^1[3-9]\d{9}$/;

/** What has yet to be said, in the order in which it is asked. The server checks all of it again. */
export function missingOf(fields: PlaceFields, asked: Asked): Missing {
  const { category, me, way } = asked;
  const nothingSaid = fields.words.trim() === '' && fields.voice === null && fields.photoIds.length === 0;
  const named = fields.neighbour !== null || fields.personName.trim() !== '';
  const checks: Record<Question, string | false> = {
    category: category === null && '请选一件事',
    notice: category?.notice != null && fields.noticeRead !== category.id && '请先看完这句提醒',
    words: nothingSaid && '请说说要帮什么忙，或拍张照片',
    where: !isKnownHouse(fields, asked) && gridIdOf(fields, asked) === null && '请选在哪个村、哪个组',
    person: (way === 'proxy' || isForFamily(fields, asked)) && !named && '请写下名字',
    consent: (way === 'proxy' || way === 'visit') && fields.consent === null && '请先问过本人',
    phone: phoneTrouble(fields.phone.trim(), me.phone !== null || way === 'proxy' || way === 'visit'),
  };
  return Object.fromEntries(Object.entries(checks).filter(([, words]) => words !== false)) as Missing;
}

function phoneTrouble(phone: string, mayBeEmpty: boolean): string | false {
  if (phone === '') return !mayBeEmpty && '请留一个能联系上的电话';
  return !mobile.test(phone) && '请填 11 位手机号';
}

type Body = NonNullable<SentTo<'orders.place'>['body']>;

/** The same thing again, something for a deed of one's own, of a visit, or of a code that was scanned. */
export interface GrownFrom {
  readonly followsId?: string | undefined;
  readonly commitmentId?: string | undefined;
  /** 走访 in which it was found, and whom one met there. */
  readonly visitId?: string | undefined;
  readonly personId?: string | undefined;
  /** The code by which one came: the desk reads where it hangs, even where the order is for another place. */
  readonly scannedKey?: string | undefined;
}

/** What is sent, once nothing is missing. */
export function bodyOf(
  fields: PlaceFields,
  asked: Asked & { readonly category: Category },
  { followsId, commitmentId, visitId, personId, scannedKey }: GrownFrom = {},
): Body {
  const isHome = whereOf(fields, asked) === 'home';
  const gridId = gridIdOf(fields, asked);
  return {
    categoryId: asked.category.id,
    ...said('words', fields.words),
    ...(fields.voice ? { voiceId: fields.voice.id } : {}),
    photoIds: [...fields.photoIds],
    ...(gridId === null ? {} : { gridId }),
    ...(isHome || fields.gcj02 === null || houseOf(fields, asked) ? {} : { gcj02: fields.gcj02 }),
    ...said('address', fields.address),
    ...personOf(fields, asked, personId),
    ...said('contactPhone', fields.phone),
    ...(fields.bestTime === null ? {} : { bestTime: fields.bestTime }),
    confidential: fields.confidential,
    noticeRead: fields.noticeRead === asked.category.id,
    ...(followsId === undefined ? {} : { followsId }),
    ...(commitmentId === undefined ? {} : { commitmentId }),
    ...(visitId === undefined ? {} : { visitId }),
    ...(scannedKey === undefined ? {} : { scannedKey }),
  };
}

/** Whose it is and who asks: requester, beneficiary and contact are three different things. */
function personOf(fields: PlaceFields, asked: Asked, personId: string | undefined): Partial<Body> {
  if (asked.way === 'visit') {
    return {
      source: 'visit',
      ...(personId === undefined ? {} : { beneficiaryId: personId }),
      ...(fields.consent === null ? {} : { consent: { how: fields.consent, by: '本人' } }),
    };
  }
  if (asked.way === 'proxy') {
    const by = fields.neighbour?.name ?? fields.personName.trim();
    const isHub = asked.me.roles.some(({ role }) => role === 'hubKeeper');
    return {
      source: isHub ? 'hub' : 'proxy',
      ...(fields.neighbour ? { beneficiaryId: fields.neighbour.personId } : said('beneficiaryName', fields.personName)),
      ...(fields.consent === null ? {} : { consent: { how: fields.consent, by } }),
    };
  }
  if (!isForFamily(fields, asked)) return { source: 'resident' };
  // Without a number of the family it is me who is rung.
  const contactName = fields.phone.trim() === '' ? asked.me.name : fields.personName;
  const house = houseOf(fields, asked);
  return {
    source: 'family',
    ...said('beneficiaryName', fields.personName),
    ...said('contactName', contactName),
    ...(house ? { householdId: house.householdId } : {}),
  };
}

/** Emergency numbers in a notice, to be dialled with one touch: 病情紧急,请先打 120 → ['120']. */
export const numbersIn = (notice: string): string[] =>
  [...new Set(notice.match(/\d+/g) ?? [])].filter((number) => /^1\d{2,4}$/.test(number));
