import { useCallback, useEffect, useRef, useState } from 'react';
import { useDidHide } from '@tarojs/taro';
import { newId } from './ids';
import { noteWork, personNow } from './session';
import { dropStored, readStored, storedNames, writeStored } from './storage';

/** A form half filled in. `id` becomes the id of the order or report, so that a draft is sent once, however often. */
export interface Draft<Fields> {
  readonly id: string;
  readonly fields: Fields;
}

const writeAfterMs = 300;

/** Drafts belong to a person: the next one to sign in on this phone does not read them. */
const namesOf = (personId: string): string => `draft.${personId}.`;
const ownerNow = (): string => personNow() ?? 'nobody';
const nameOf = (form: string): string => namesOf(ownerNow()) + form;

/** Throws all of somebody's drafts away. */
export const dropDraftsOf = (personId: string): void => storedNames(namesOf(personId)).forEach(dropStored);

const readDraft = <Fields>(form: string): Draft<Fields> | null => readStored<Draft<Fields>>(nameOf(form));

/** Puts a draft back into its form, unless another one was begun there. */
export function restoreDraft(form: string, draft: Draft<unknown>): boolean {
  const present = readDraft(form);
  if (present && present.id !== draft.id) return false;
  writeStored(nameOf(form), draft);
  return true;
}

export interface DraftInHand<Fields> extends Draft<Fields> {
  /** Was it begun earlier? The page says "接着上次写的". */
  readonly resumed: boolean;
  readonly change: (some: Partial<Fields>) => void;
  /** Forgets it and begins a new one: it was sent, or the person threw it away. */
  readonly clear: () => void;
}

/**
 * The draft of a form, kept across a closed app: `const draft = useDraft('order', emptyOrder)`. Written soon after each
 * change and at once when the app is hidden. `form` names the form and, where there are several, the thing: `report.${taskId}`.
 */
export function useDraft<Fields extends object>(form: string, empty: Fields): DraftInHand<Fields> {
  const [begun] = useState(() => readDraft<Fields>(form));
  const [draft, setDraft] = useState<Draft<Fields>>(() =>
    begun ? { ...begun, fields: { ...empty, ...begun.fields } } : { id: newId(), fields: empty },
  );
  const [owner] = useState(ownerNow);
  const unwritten = useRef<Draft<Fields> | null>(null);

  const write = useCallback(() => {
    // The page may outlive its person by a moment: what he typed is nobody else's.
    if (unwritten.current && owner === ownerNow()) writeStored(nameOf(form), unwritten.current);
    unwritten.current = null;
  }, [form, owner]);

  useEffect(() => {
    const timer = setTimeout(write, writeAfterMs);
    return () => clearTimeout(timer);
  }, [draft, write]);
  useEffect(() => write, [write]);
  useDidHide(write);

  const change = useCallback((some: Partial<Fields>) => {
    noteWork();
    setDraft((before) => {
      unwritten.current = { ...before, fields: { ...before.fields, ...some } };
      return unwritten.current;
    });
  }, []);

  const clear = useCallback(() => {
    unwritten.current = null;
    dropStored(nameOf(form));
    setDraft({ id: newId(), fields: empty });
  }, [form, empty]);

  return { ...draft, resumed: begun !== null && begun.id === draft.id, change, clear };
}
