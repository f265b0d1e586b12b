import { useEffect, useMemo, useState } from 'react';
import { useDraft, type DraftInHand } from './draft';

export interface DraftOver<Fields> extends DraftInHand<Fields> {
  /** What was typed is gone: the thing is no longer as it was then. The form says so. */
  readonly replaced: boolean;
}

/**
 * The draft of a form over a thing that stands on the server, `standing` as it is now. One that was begun from another
 * state of it is thrown away: somebody else has changed it meanwhile, and saving would silently put the old one back.
 */
export function useDraftOver<Fields extends object>(form: string, standing: Fields): DraftOver<Fields> {
  const from = JSON.stringify(standing);
  const empty = useMemo(() => ({ ...(JSON.parse(from) as Fields), from }), [from]);
  const { fields, clear, ...draft } = useDraft(form, empty);
  const [replaced, setReplaced] = useState(false);
  const { from: begunFrom, ...typed } = fields;
  const isStale = begunFrom !== from;
  const isLost = isStale && JSON.stringify(typed) !== from; // else it was this very form that has been saved
  useEffect(() => {
    if (!isStale) return;
    setReplaced(isLost);
    clear();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `clear` is another one for each state of the thing, as `from` is
  }, [from, isStale]);
  return { ...draft, fields: typed as unknown as Fields, clear, replaced } as unknown as DraftOver<Fields>;
}
