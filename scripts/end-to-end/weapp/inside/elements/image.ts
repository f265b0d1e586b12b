import { addressOf } from '../addresses';
import { send, textOf, withProperties } from './element';

const fits: Record<string, string> = { aspectFit: 'contain', aspectFill: 'cover', scaleToFill: 'fill' };

/** A picture of the package, of the phone's own files, or of the server. */
export function image(): HTMLElement {
  const frame = document.createElement('image');
  const picture = document.createElement('img');
  picture.alt = '';
  frame.append(picture);
  picture.addEventListener('load', () =>
    send(frame, 'load', { width: picture.naturalWidth, height: picture.naturalHeight }),
  );
  picture.addEventListener('error', () => send(frame, 'error', { errMsg: `${picture.src} does not load` }));
  return withProperties(frame, {
    src: (value) => {
      const source = textOf(value);
      if (source === '') return picture.removeAttribute('src');
      void addressOf(source).then((address) => {
        picture.src = address;
      });
    },
    mode: (value) => {
      picture.style.objectFit = fits[textOf(value)] ?? 'fill';
      if (value === 'widthFix') picture.style.height = 'auto';
    },
    'lazy-load': () => undefined, // all of it is loaded at once here, which harms nobody
  });
}
