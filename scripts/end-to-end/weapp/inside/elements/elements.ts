import { fault } from '../faults';
import { button, form, switchBox } from './forms';
import { image } from './image';
import { picker } from './picker';
import { scrollView, swiper } from './scrolling';
import { input, textarea } from './text-boxes';

const plain = (tag: string) => () => document.createElement(tag);

const makers: Readonly<Record<string, () => HTMLElement>> = {
  ...{ view: plain('view'), text: plain('text'), block: plain('block') },
  ...{ image, input, textarea, button, form, switch: switchBox, picker },
  ...{ 'scroll-view': scrollView, swiper, 'swiper-item': plain('swiper-item') },
};

/** An element of WXML. A component that the harness does not know is a fault: it would be there, and do nothing. */
export function createElement(tag: string, isComponent: (tag: string) => boolean): HTMLElement {
  const make = makers[tag];
  if (make) return make();
  if (!isComponent(tag)) fault(`<${tag}> is not among the elements of the harness`);
  return document.createElement(tag);
}
