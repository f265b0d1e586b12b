import { useRouter } from '@tarojs/taro';
import { useCall } from '../../lib/use-call';

/** 监护人: of whom the page tells. `of` is what the server is asked with; `child` null: one's own. */
export interface Whose {
  readonly of: { personId?: string };
  readonly child: string | null;
}

/** By `personId` in the page's address; the name comes from the server, no address carries it. */
export function useWhose(): Whose {
  const { personId } = useRouter().params as { personId?: string };
  const { data } = useCall('privacy.consents', { query: {} });
  if (personId === undefined) return { of: {}, child: null };
  return { of: { personId }, child: data?.children.find((each) => each.personId === personId)?.name ?? '孩子' };
}
