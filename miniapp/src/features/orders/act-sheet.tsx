import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { ApiProblem } from '../../lib/answer';
import { aria } from '../../ui/aria';
import { Button } from '../../ui/button';
import { Sheet } from '../../ui/sheet';
import { troubleWords } from '../../ui/trouble';
import './act-sheet.scss';

/** What `useAct` answers, as far as a sheet needs it. A method, so that an action with required words fits too. */
export interface Doing<Fields> {
  mutate(fields: Fields, options?: { onSuccess?: () => void }): void;
  readonly isPending: boolean;
  readonly error: unknown;
}

/** Field → what is wrong with it, as the server said. */
export const fieldErrors = (error: unknown): Readonly<Record<string, string>> =>
  error instanceof ApiProblem ? error.fields : {};

/** Why it could not be done: what to do next stands in the words. */
export function ActTrouble({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <View className="act-trouble" {...aria({ role: 'alert', live: 'polite' })}>
      {troubleWords(error)}
    </View>
  );
}

interface ActSheetProps {
  /** The verb, or the question: 退单; 什么时候办? */
  readonly title: string;
  /** The verb on the button. */
  readonly yes: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
  readonly doing: Pick<Doing<never>, 'isPending' | 'error'>;
  /** Something that has to be chosen or written is still missing. */
  readonly unready?: boolean;
}

/** One action with what has to be said for it. Drawn only while it is open, so that it begins afresh each time. */
export const ActSheet = ({
  title,
  yes,
  onYes,
  onClose,
  doing,
  unready,
  children,
}: PropsWithChildren<ActSheetProps>) => (
  <Sheet
    title={title}
    open
    onClose={onClose}
    foot={
      <>
        <ActTrouble error={doing.error} />
        {unready && <View className="act-sheet__unready">上面的选好、写好，就能点了</View>}
        <Button look="main" busy={doing.isPending} disabled={unready} onPress={onYes}>
          {yes}
        </Button>
      </>
    }
  >
    {children}
  </Sheet>
);
