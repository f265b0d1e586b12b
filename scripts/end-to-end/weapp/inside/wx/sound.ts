import { addressOf } from '../addresses';
import { answering } from '../answer';

type Happening = 'play' | 'pause' | 'stop' | 'ended' | 'error';

const options = { obeyMuteSwitch: true };

/** What plays a sound. How long that takes is in the hands of the test, which hears it. */
function createInnerAudioContext() {
  const listeners: Record<Happening, ((told: object) => void)[]> = {
    play: [],
    pause: [],
    stop: [],
    ended: [],
    error: [],
  };
  const tell = (what: Happening, told: object = {}) => listeners[what].forEach((listener) => listener(told));
  let isOn = false;
  const sound = { src: '' };
  const play = async () => {
    isOn = true;
    const got = await fetch(await addressOf(sound.src), { cache: 'no-store' }).catch(() => null);
    if (!got?.ok) return tell('error', { errMsg: 'no such sound', errCode: 10001 });
    const { size } = await got.blob();
    if (!isOn) return; // stopped while it was loaded
    tell('play');
    await window.hands.listen({ bytes: size, ...options });
    if (isOn) tell('ended');
    isOn = false;
  };
  const stop = () => {
    if (isOn) tell('stop');
    isOn = false;
  };
  const on = (what: Happening) => (listener: (told: object) => void) => void listeners[what].push(listener);
  return Object.assign(sound, {
    ...{ onPlay: on('play'), onPause: on('pause'), onStop: on('stop'), onEnded: on('ended'), onError: on('error') },
    ...{ play: () => void play(), stop },
    destroy: () => {
      isOn = false;
      Object.values(listeners).forEach((all) => (all.length = 0));
    },
  });
}

export const sounds = {
  createInnerAudioContext,
  setInnerAudioOption: answering('setInnerAudioOption', (given: Partial<typeof options>) => {
    Object.assign(options, given);
  }),
};
