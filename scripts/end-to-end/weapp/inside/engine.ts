import * as glassEasel from 'glass-easel';
import { MiniProgramEnv, type AssociatedBackend, type CodeSpace } from 'glass-easel-miniprogram-adapter';
import { createElement } from './elements/elements';
import { setProperty } from './elements/element';

/** What the browser itself tells; everything else is sent by the elements (elements/) or made of the mouse (tap). */
const toldByBrowser = new Set([
  ...['touchstart', 'touchmove', 'touchend', 'touchcancel', 'transitionend'],
  ...['animationstart', 'animationiteration', 'animationend'],
]);

export interface Engine {
  space: CodeSpace;
  backend: AssociatedBackend;
}

/** WeChat's open component engine, drawing into this window with our elements. */
export function createEngine(isComponent: (tag: string) => boolean): Engine {
  const environment = new MiniProgramEnv();
  const space = environment.createCodeSpace('', true);
  space.getComponentSpace().updateComponentOptions({ useMethodCallerListeners: true, writeIdToDOM: true });
  keepIds(space);
  takePropertiesAsTheyAre();
  return { space, backend: environment.associateBackend(backendWith(isComponent)) };
}

function backendWith(isComponent: (tag: string) => boolean): glassEasel.CurrentWindowBackendContext {
  const backend = new glassEasel.CurrentWindowBackendContext();
  backend.document = {
    createElement: (tag: string) => createElement(tag, isComponent),
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as typeof backend.document;
  const listen = backend.setListenerStats.bind(backend);
  backend.setListenerStats = (element, type, ...how) => {
    if (toldByBrowser.has(type)) listen(element, type, ...how);
  };
  backend.onEvent((target, type, detail, options) => {
    glassEasel.Event.triggerEvent(target, type, detail, { ...options, extraFields: fingersOf(detail) });
  });
  return backend;
}

interface Touched {
  readonly touches?: Iterable<Touch>;
  readonly changedTouches?: Iterable<Touch>;
}

const fingers = (touches: Iterable<Touch>) =>
  Array.from(touches, ({ identifier, pageX, pageY, clientX, clientY }) => ({
    ...{ identifier, pageX, pageY, clientX, clientY },
  }));

/** Where the fingers are WeChat tells beside the detail of an event, not in it. */
function fingersOf({ touches, changedTouches }: Touched): Record<string, unknown> {
  if (!touches || !changedTouches) return {};
  return { touches: fingers(touches), changedTouches: fingers(changedTouches) };
}

interface Preparing {
  prepareComponentOptions(...given: unknown[]): [options: { idPrefixGenerator?: unknown }, ...rest: unknown[]];
}

/** Ids stand in the page as the template gives them, without the prefix of their component. */
function keepIds(space: CodeSpace): void {
  const inner = space as unknown as Preparing; // the adapter has no setting for it
  const prepare = inner.prepareComponentOptions.bind(space);
  inner.prepareComponentOptions = (...given) => {
    const prepared = prepare(...given);
    delete prepared[0].idPrefixGenerator;
    return prepared;
  };
}

/** The engine would make text of every value: `undefined` and `true` the same, and a list unreadable. */
function takePropertiesAsTheyAre(): void {
  glassEasel.Element.prototype.updateAttribute = function (this: glassEasel.Element, name, value) {
    const element = this.getBackendElement() as unknown as HTMLElement | null;
    if (element) setProperty(element, name, value);
  };
}
