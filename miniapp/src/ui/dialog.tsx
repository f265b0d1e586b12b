import { View } from '@tarojs/components';
import { create } from 'zustand';
import { aria } from './aria';
import { Button } from './button';
import { holdsFocus, useDialogKeys } from './dialog-keys';

interface Question {
  /** The question: 真的要退单吗? */
  readonly title: string;
  /** What will happen then. */
  readonly words?: string;
  /** Verbs: 退单 / 再想想. Without `no` it is a notice. */
  readonly yes: string;
  readonly no?: string;
}

interface Asked {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

const useDialog = create<{ asked: Asked | null }>(() => ({ asked: null }));

/** Asks and waits: `if (await confirm({ title: '真的要退单吗?', yes: '退单', no: '再想想' })) …`. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    useDialog.getState().asked?.answer(false);
    const answer = (yes: boolean) => {
      useDialog.setState({ asked: null });
      resolve(yes);
    };
    useDialog.setState({ asked: { question, answer } });
  });

const ignore = (): void => undefined;

/** Drawn by `Page`. */
export function DialogPlace() {
  const asked = useDialog((state) => state.asked);
  const main = '.button--main';
  const onEscape = () => asked?.answer(false);
  const place = useDialogKeys({ open: asked !== null, onEscape, main, first: main });
  if (!asked) return null;
  const { title, words, yes, no } = asked.question;
  return (
    <View
      ref={place}
      className="dialog-place"
      onTouchMove={ignore}
      {...holdsFocus}
      {...aria({ role: 'alertdialog', label: title, modal: true })}
    >
      <View className="dialog">
        <View className="dialog__title">{title}</View>
        {words && <View className="dialog__words">{words}</View>}
        <View className="dialog__answers">
          <Button look="main" onPress={() => asked.answer(true)}>
            {yes}
          </Button>
          {no && (
            <Button look="text" onPress={() => asked.answer(false)}>
              {no}
            </Button>
          )}
        </View>
      </View>
    </View>
  );
}
