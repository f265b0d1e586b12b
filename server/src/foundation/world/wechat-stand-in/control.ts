/** The other end of the stand-in's control port: every act of an app, asked of that process (the server is control-server.ts). */
import { Agent, request } from 'undici';
import type { AppActs, AppSettings } from './app';

/** The acts of one app; what they answer has gone over the wire as JSON. */
export type AppControl = {
  readonly [Act in keyof AppActs]: (...args: Parameters<AppActs[Act]>) => Promise<Awaited<ReturnType<AppActs[Act]>>>;
} & {
  /** What the BFF takes for WeChat. */
  readonly origin: string;
  /** The app is forgotten, with all it knew. */
  remove(): Promise<void>;
  close(): Promise<void>;
};

/** Complete by its type: an act that is missing here does not compile. */
const acts: Readonly<Record<keyof AppActs, true>> = {
  ...{ issueCode: true, issuePhoneCode: true, seen: true, judge: true, judgeMedia: true },
  ...{ endTokens: true, refuseAddress: true, closeAccount: true, revoke: true, setTemplates: true, ban: true },
  ...{ grant: true, answerPopup: true, withdraw: true, left: true, forbidWords: true, sendTakes: true },
  ...{ fault: true, faultAt: true, refuse: true, outage: true, faultsAhead: true, noFaults: true },
  ...{ setPush: true, checkAddress: true, push: true, deliverPushes: true, waitingPushes: true },
  ...{ requests: true, journal: true, unknownFields: true, sentMessages: true },
  ...{ checkedTexts: true, checkedMedia: true, pushOutcomes: true },
};

/** Registers the app with the stand-in behind this control address; known already, it keeps what it knows. */
export async function registerApp(control: string, settings: AppSettings): Promise<AppControl> {
  const dispatcher = new Agent({ connections: 4 });
  const ask = async (method: 'PUT' | 'DELETE' | 'POST', path: string, body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await request(`${control}/apps/${settings.appid}${path}`, {
      ...{ dispatcher, method, headers, body: JSON.stringify(body) },
    });
    const reply: unknown = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`The stand-in of WeChat: ${JSON.stringify(reply)}`);
    return reply;
  };
  const run = async (act: string, args: unknown[]): Promise<unknown> =>
    ((await ask('POST', `/${act}`, args)) as { result: unknown }).result;

  const { origin } = (await ask('PUT', '', settings)) as { origin: string };
  const remote = Object.keys(acts).map((act) => [act, (...args: unknown[]) => run(act, args)]);
  return {
    ...(Object.fromEntries(remote) as AppControl),
    origin,
    remove: async () => void (await ask('DELETE', '', {})),
    close: () => dispatcher.close(),
  };
}
