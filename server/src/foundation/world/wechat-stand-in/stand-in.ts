/**
 * A stand-in of WeChat's server for tests, demo and bench, in a process of its own: a platform port that speaks WeChat's
 * protocol strictly (wechat.md §16), and a control port by which tests and the demo play its users, its operator and fate.
 * Several apps live in it side by side, as with WeChat; the client cannot tell the difference.
 */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeApp, type AppSettings, type StandInApp } from './app';
import { answerControl } from './control-server';
import type { PhoneCodes } from './phone';
import { isRecord } from './platform-call';
import { readJson, serve, type Asked } from './platform';

export interface Apps {
  /** The same app again keeps what it knows and takes over the new address for pushes, if one is given. */
  register(settings: AppSettings): StandInApp;
  remove(appid: string): void;
  find(appid: string): StandInApp | undefined;
  all(): StandInApp[];
  /** What came for no app at all. */
  readonly nobody: StandInApp;
}

export interface StandIn {
  /** What the BFF takes for WeChat: http://127.0.0.1:port */
  readonly origin: string;
  readonly control: string;
  close(): Promise<void>;
}

export async function startStandIn({ port = 0, controlPort = 0 } = {}): Promise<StandIn> {
  const apps = makeApps();
  const platform = await listen((request, response) => void serve(appOf(apps), request, response), port);
  const origin = addressOf(platform);
  const control = await listen((request, response) => void answerControl(apps, origin, request, response), controlPort);
  return {
    origin,
    control: addressOf(control),
    close: async () => {
      apps.all().forEach((app) => app.close());
      await Promise.all([platform, control].map(closed));
    },
  };
}

function makeApps(): Apps {
  const phoneCodes: PhoneCodes = new Map();
  const apps = new Map<string, StandInApp>();
  const remove = (appid: string): void => {
    apps.get(appid)?.close();
    apps.delete(appid);
  };
  return {
    register: (settings) => {
      const known = apps.get(settings.appid);
      if (known && known.settings.secret === settings.secret) {
        if (settings.push !== undefined) known.acts.setPush(settings.push);
        return known;
      }
      remove(settings.appid);
      const app = makeApp(settings, phoneCodes);
      apps.set(settings.appid, app);
      return app;
    },
    remove,
    find: (appid) => apps.get(appid),
    all: () => [...apps.values()],
    nobody: makeApp({ appid: '', secret: '' }, phoneCodes),
  };
}

/** By the token, else by the appid that is named; whom neither tells is nobody, and is refused as WeChat would. */
const appOf =
  (apps: Apps) =>
  ({ query, raw }: Asked): StandInApp => {
    const byToken = apps.all().find(({ tokens }) => tokens.knows(query.access_token));
    if (byToken) return byToken;
    const body = readJson(raw);
    const named = query.appid ?? (isRecord(body) && typeof body.appid === 'string' ? body.appid : '');
    return apps.find(named) ?? apps.nobody;
  };

async function listen(answer: RequestListener, port: number): Promise<Server> {
  const server = createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function closed(server: Server): Promise<void> {
  const end = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await end;
}
