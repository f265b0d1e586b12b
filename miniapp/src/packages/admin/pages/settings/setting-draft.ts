import { useEffect, useState } from 'react';
import { useDraft, type DraftInHand } from '../../../../lib/draft';

/**
 * The draft of a form over settings that stand on the server. One that was begun from other settings is thrown away:
 * somebody else has changed them meanwhile, and saving it would silently put the old ones back.
 */
export function useSettingDraft<Fields extends object>(form: string, standing: Fields): DraftInHand<Fields> {
  const from = JSON.stringify(standing);
  const [empty] = useState(() => ({ ...standing, from }));
  const draft = useDraft(form, empty);
  const isStale = draft.fields.from !== from;
  useEffect(() => {
    if (isStale) draft.change({ ...standing, from } as Partial<Fields & { from: string }>);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each state of the settings
  }, [from, isStale]);
  return draft as unknown as DraftInHand<Fields>;
}

/** A number that is being typed: not one yet is sent as it is, and the server says what is wrong. */
export const numberIn = (typed: string): number => (/^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN);
export const isNumber = (typed: string): boolean => !Number.isNaN(numberIn(typed));
