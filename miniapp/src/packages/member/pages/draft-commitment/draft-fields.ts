import type { CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import type { Round } from '../../../../features/commitments/commitment';
import {
  contentBody,
  emptyContent,
  missingInContent,
  type ContentDraft,
} from '../../../../features/commitments/content-draft';
import { keepersBody, noKeepers, type KeepersDraft } from '../../../../features/commitments/keepers-draft';
import type { Order } from '../../../../features/orders/order';
import { placeWords } from '../../../../features/orders/place-words';
import type { SentTo } from '../../../../lib/endpoints';
import type { Me } from '../../../../lib/session';

export interface DraftFields extends ContentDraft, KeepersDraft {
  readonly kind: CommitmentKind;
  readonly organizationId: string | null;
  readonly photoIds: readonly string[];
  readonly lateReason: string;
}

/** Whose deed it is and for which year. */
export interface Whose {
  readonly round: Pick<Round, 'id' | 'state'>;
  /** The secretary writes for a member without a phone. */
  readonly member: { readonly personId: string; readonly name: string } | null;
  readonly order: GrownFrom;
}

/** The order it grows out of, if any: what was typed there is not typed again. */
export type GrownFrom = Pick<Order, 'id' | 'title' | 'publicSummary' | 'place'> | null;

/** What is known already: one's own group, one's only organisation. */
export function firstFields({ home, roles }: Pick<Me, 'home' | 'roles'>, order: GrownFrom = null): DraftFields {
  const organizations = organizationsOf({ roles });
  return {
    ...emptyContent,
    ...{ kind: 'personal', photoIds: [], lateReason: '', ...noKeepers },
    organizationId: organizations.length === 1 ? (organizations[0]?.nodeId ?? null) : null,
    grid: home ? { gridId: home.gridId, words: `${home.village} ${home.group}` } : null,
    ...(order ? grownFrom(order) : {}),
  };
}

/** Of the resident's words only what the desk has made fit for the village: a promise is public. */
const grownFrom = ({ title, publicSummary, place }: NonNullable<GrownFrom>): Partial<DraftFields> => ({
  ...{ title, words: publicSummary ?? '' },
  grid: { gridId: place.gridId, words: placeWords({ ...place, formerly: null }) },
});

/** The party organisations where one holds a post. */
export const organizationsOf = ({ roles }: Pick<Me, 'roles'>): Me['roles'] =>
  roles.filter(
    ({ tree, nodeId }, index) => tree === 'party' && roles.findIndex((role) => role.nodeId === nodeId) === index,
  );

export type DraftErrors = Partial<Record<keyof DraftFields, string>>;

/** After the time of drafting it takes a reason (补报). */
export const isLate = ({ round }: Whose): boolean => round.state !== 'drafting';

export const missingIn = (fields: DraftFields, whose: Whose): DraftErrors => ({
  ...(fields.kind !== 'personal' && fields.organizationId === null ? { organizationId: '请选哪个党组织' } : {}),
  ...missingInContent(fields),
  ...(isLate(whose) && fields.lateReason.trim() === '' ? { lateReason: '拟诺的时间过了，请写一句补报的原因' } : {}),
});

type Body = NonNullable<SentTo<'commitments.draft'>['body']>;

/** What is sent, once nothing is missing. */
export const draftBody = (fields: DraftFields, whose: Whose): Body => ({
  ...contentBody(fields),
  roundId: whose.round.id,
  kind: fields.kind,
  ...(fields.kind !== 'personal' && fields.organizationId !== null ? { organizationId: fields.organizationId } : {}),
  ...(whose.member ? { personId: whose.member.personId } : {}),
  ...keepersBody(fields),
  ...(whose.order ? { orderId: whose.order.id } : {}),
  beforePhotoIds: [...fields.photoIds],
  ...(isLate(whose) ? { lateReason: fields.lateReason.trim() } : {}),
});
