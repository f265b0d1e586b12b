import { Text, type CommonEvent } from '@tarojs/components';
import { useRef } from 'react';
import { classNames } from '../../../../ui/class-names';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import type { RecordingInHand } from './use-recording';

/** Where the finger is; not told once it has gone. */
interface Touched extends CommonEvent {
  readonly touches?: readonly { readonly clientY: number }[];
}

/** A touch is followed by a click, which would be taken for a second press. */
const clickAfterMs = 800;

/** How long still stands below: “点这里 2 秒” would be read as what to do. */
function wordsOn({ phase, sliding }: RecordingInHand, byHolding: boolean): string {
  if (phase === 'idle') return byHolding ? '按住说话' : '点一下说话';
  if (phase === 'asking') return '请稍等';
  if (phase === 'free') return '说完点这里';
  return sliding ? '松手就不要了' : '松手就说完了';
}

/** One and the same button from the first touch to the last: another one in its place would never hear of the finger going. */
export function HoldButton({ recording, byHolding }: { recording: RecordingInHand; byHolding: boolean }) {
  const touchedAt = useRef(0);
  const { phase, sliding, down, move, up, lost, press } = recording;
  const touched = (act: (y: number) => void) => (event: CommonEvent) => {
    touchedAt.current = Date.now();
    act((event as Touched).touches?.[0]?.clientY ?? 0);
  };
  const click = () => {
    if (Date.now() - touchedAt.current > clickAfterMs) press();
  };
  const look = phase === 'held' || phase === 'free' ? 'button--main' : 'button--plain';
  return (
    <Pressable
      className={classNames('button hold-button', look, sliding && 'button--off')}
      onPress={click}
      label={phase === 'idle' ? '说给我们听，点一下开始，说完再点一下' : undefined}
      touch={{
        onTouchStart: touched(down),
        onTouchMove: touched(move),
        onTouchEnd: touched(up),
        onTouchCancel: touched(lost),
      }}
    >
      <Icon name={phase === 'free' ? 'circle-stop' : 'mic'} />
      <Text className="button__words">{wordsOn(recording, byHolding)}</Text>
    </Pressable>
  );
}
