import { createEngine } from './engine';
import { nameRefusals } from './faults';
import { takeClicksForFingers } from './fingers';
import { createModules } from './modules';
import { createPageMaker, type PageInstance } from './pages';
import { createPageStack } from './page-stack';
import { createRegistrar } from './registrar';
import { addStyle } from './styles';
import { ring } from './wx/recorder';
import { offersSharing } from './wx/screen';
import { bringUpdate } from './wx/updates';
import { createWx } from './wx/wx';

interface AppInstance {
  onLaunch?(options: object): void;
  onShow?(options: object): void;
  onHide?(): void;
}

/** Starts the program, as WeChat does when its icon is touched. */
function start(): void {
  nameRefusals();
  takeClicksForFingers();
  const { program } = window;
  const components = componentNames();
  const engine = createEngine((tag) => components.has(tag));
  let app: AppInstance = {};
  const given: Record<string, unknown> = {
    App: (definition: AppInstance) => {
      app = definition;
    },
    getApp: () => app,
    getCurrentPages: (): PageInstance[] => stack.pages(),
  };
  const { load } = createModules(program.scripts, given);
  const { names, register } = createRegistrar(program, engine.space, load);
  const stack = createPageStack(program.app, createPageMaker(program, engine, register));
  const wx = createWx(stack, program.apiNames);
  Object.assign(given, names, { wx });

  addStyle(program.styles, 'app');
  load('app.js');
  const first = program.app.pages[0] ?? '';
  const launch = { path: first, query: {}, scene: 1001, referrerInfo: {}, shareTicket: '' };
  app.onLaunch?.(launch);
  app.onShow?.(launch);
  stack.open(`/${first}`);

  window.phone = {
    goBack: () => stack.wx.navigateBack?.(),
    pathNow: () => stack.top()?.path ?? '',
    putAway: () => {
      stack.top()?.instance.onHide?.();
      app.onHide?.();
    },
    sendOn: async () => {
      const card = offersSharing(stack) ? stack.top()?.instance.onShareAppMessage?.({ from: 'menu' }) : undefined;
      if (!card) return null;
      const { title, path, imageUrl } = (await card.promise) ?? card;
      return { title, path, imageUrl };
    },
    openCard: (path) => stack.wx.reLaunch?.({ url: path } as never),
    ring,
    bringUpdate,
    pullDown: () => stack.top()?.instance.onPullDownRefresh?.(),
  };
}

/** Tags that stand for components: those of the program, and the roots that the engine makes of pages. */
function componentNames(): Set<string> {
  const used = Object.values(window.program.configs).flatMap(({ usingComponents = {} }) =>
    Object.keys(usingComponents),
  );
  return new Set([...used, 'page-body']);
}

start();
