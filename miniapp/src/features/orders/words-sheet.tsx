import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import { useDraft } from '../../lib/draft';
import { TextArea } from '../../ui/field';
import { Choice } from '../../ui/choice';
import { toast } from '../../ui/toast';
import { ActSheet, fieldErrors, type Doing } from './act-sheet';
import './words-sheet.scss';

interface WordsSheetProps {
  readonly title: string;
  /** The question: 为什么上报? */
  readonly label: string;
  readonly hint?: string;
  readonly example?: string;
  /** Sentences that fit most of the time; one touch writes them. */
  readonly ready?: readonly string[];
  /** May be left empty. */
  readonly optional?: boolean;
  readonly yes: string;
  /** Said when it is done: 已上报. */
  readonly done: string;
  readonly act: Doing<{ words?: string }>;
  /** Names the draft: the action and the thing. */
  readonly form: string;
  readonly onClose: () => void;
}

const empty = { words: '' };

/** An action that takes words and nothing else. What was written stays when the sheet is closed. */
export function WordsSheet({
  title,
  yes,
  done,
  act,
  form,
  onClose,
  optional = false,
  children,
  ...question
}: PropsWithChildren<WordsSheetProps>) {
  const draft = useDraft(form, empty);
  const words = draft.fields.words.trim();
  const send = () => {
    const onSuccess = () => {
      draft.clear();
      toast(done);
      onClose();
    };
    // An empty field is left out: the contract takes no empty words.
    act.mutate(words === '' ? {} : { words }, { onSuccess });
  };
  return (
    <ActSheet title={title} yes={yes} onYes={send} onClose={onClose} doing={act} unready={!optional && words === ''}>
      <TextArea
        label={question.label}
        hint={question.hint}
        example={question.example}
        error={fieldErrors(act.error)['words']}
        value={draft.fields.words}
        onChange={(value) => draft.change({ words: value })}
      />
      {question.ready && (
        <View className="words-sheet__ready">
          <Choice
            label="常用的话"
            options={question.ready.map((value) => ({ value, words: value }))}
            value={draft.fields.words}
            onChange={(chosen) => draft.change({ words: chosen })}
          />
        </View>
      )}
      {children}
    </ActSheet>
  );
}
