import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import type { Program } from '../program';
import { fault } from './faults';
import { joinPath, type Given } from './modules';
import { addStyle } from './styles';

type Definition = Record<string, unknown>;
type Maker = (definition: Definition) => unknown;
type Makers = Readonly<Record<'Page' | 'Component' | 'Behavior', Maker>>;

export interface Registrar {
  /** `Page`, `Component` and `Behavior`: whichever file calls them, they speak for the one being registered. */
  readonly names: Given;
  /** Makes a page or component known, with all that it uses: template, settings, styles, script. */
  register(path: string): void;
}

export function createRegistrar(program: Program, space: CodeSpace, load: (path: string) => unknown): Registrar {
  const { configs, templates, styles } = program;
  const registered = new Set<string>();
  let makers: Makers | null = null;
  const name = (which: keyof Makers) => (definition: Definition) => {
    if (makers) return makers[which](withLists(definition));
    fault(`${which} was called while nothing is being registered`);
    return undefined;
  };

  const register = (path: string): void => {
    if (registered.has(path)) return;
    registered.add(path);
    const config = configs[path] ?? {};
    // Styles are not kept apart by component here: all of them stand in one window.
    space.addComponentStaticConfig(path, { ...config, styleIsolation: 'shared' as never });
    const content = templates[path];
    if (content) space.addCompiledTemplate(path, { groupList: templates, content, fallbackListenerOnNativeNode: true });
    for (const used of Object.values(config.usingComponents ?? {})) register(joinPath(path, used));
    space.componentEnv(path, (given) => {
      makers = given as unknown as Makers;
      load(`${path}.js`);
      makers = null;
    });
    addStyle(styles, path);
  };
  return { names: { Page: name('Page'), Component: name('Component'), Behavior: name('Behavior') }, register };
}

/** Taro gives an empty object where nothing is in a list, and WeChat takes it. */
const withLists = (definition: Definition): Definition =>
  Object.fromEntries(
    Object.entries(definition).filter(
      ([name, value]) => !['behaviors', 'externalClasses'].includes(name) || Array.isArray(value),
    ),
  );
