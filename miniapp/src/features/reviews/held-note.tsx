import { View } from '@tarojs/components';
import { heldWords } from '../../ui/held-words';
import './held-note.scss';

interface HeldNoteProps {
  readonly held: boolean | undefined;
  /** A person has looked at it and hidden it. */
  readonly hidden?: boolean | undefined;
  readonly words?: string;
}

/** 正在审核, 没有通过: to whoever may read what others may not. */
export const HeldNote = ({ held = false, hidden, words = heldWords(hidden) }: HeldNoteProps) =>
  held ? <View className="held-note">{words}</View> : null;
