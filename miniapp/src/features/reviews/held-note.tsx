import { View } from '@tarojs/components';
import './held-note.scss';

/** 正在审核: to whoever may read what others may not read yet. */
export const HeldNote = ({ held, words = '正在审核，通过后别人才看得到。' }: { held: boolean; words?: string }) =>
  held ? <View className="held-note">{words}</View> : null;
