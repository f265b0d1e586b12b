import { View } from '@tarojs/components';
import { aria } from '../../ui/aria';
import { Button } from '../../ui/button';
import './shown-digits.scss';

interface ShownDigitsProps {
  readonly check: string;
  /** What the computer says when the digits were right, and then home: 电脑上显示“连上了”，回首页 */
  readonly done: string;
  readonly onDone: () => void;
}

/** What the phone shows that has said yes, to be typed at the computer: large, and read out digit by digit. */
export const ShownDigits = ({ check, done, onDone }: ShownDigitsProps) => (
  <>
    <View className="shown-digits__question">在电脑上填这四位数字</View>
    <View className="shown-digits" {...aria({ role: 'text', label: check.split('').join(' ') })}>
      {check}
    </View>
    <View className="shown-digits__warning">只填在您自己面前的电脑上。谁来要这个数字都不要给。</View>
    <Button look="plain" onPress={onDone}>
      {done}
    </Button>
  </>
);
