import { readFileSync } from 'node:fs';
import { systemClock, type Clock } from '../clock';
import { makeAccounts, type Accounts } from './accounts';
import { makeCodes } from './codes';
import { makeConsents, type Consents } from './consents';
import { makeFaults, type Faults } from './faults';
import { makeJournal, type Journal } from './journal';
import { makeLinks } from './links';
import { makeLogin, type Login } from './login';
import { makeMediaCheck, type CheckedMedia, type MediaCheck } from './media-check';
import { keepIn } from './memory';
import { makePeople, type People } from './people';
import { makePhoneButton, type PhoneButton, type PhoneCodes } from './phone';
import type { PlatformApp, PlatformCalls } from './platform-call';
import type { PushAddress } from './push-address';
import { makePushes, type PushOutcome, type Pushes } from './pushes';
import { makeQuota } from './quota';
import { makeRates, type Rates } from './rates';
import { makeSubscribeSend, type SentMessage, type SubscribeSend } from './subscribe-send';
import { makeTemplates, type Template, type Templates } from './templates';
import { makeTextCheck, type CheckedText, type TextCheck } from './text-check';
import { makeTokens, type Tokens } from './tokens';

/** One mini-program as the stand-in knows it. */
export interface AppSettings extends PlatformApp {
  /** A file with the app's time, milliseconds since 1970: for tests, whose clock stands still. Left out: the real time. */
  readonly clockFile?: string;
  /** Of an app bound to an Open Platform account: unionids are this and the openid. */
  readonly unionidPrefix?: string;
  /** Where a code leads whoever scans it here, before its scene: there is no mini-program to open. */
  readonly landing?: string;
  readonly templates?: readonly Template[];
  readonly push?: PushAddress | null;
  /** Where it keeps whom it knows and who agreed to what until it is started again. */
  readonly memoryFile?: string;
}

/** What may be done with an app from outside WeChat's protocol: as its users, as its operator, as fate. */
export interface AppActs
  extends
    Pick<Login, 'issueCode'>,
    Pick<PhoneButton, 'issuePhoneCode'>,
    Pick<People, 'seen'>,
    Pick<TextCheck, 'judge'>,
    Pick<MediaCheck, 'judgeMedia'>,
    Pick<Tokens, 'endTokens' | 'refuseAddress'>,
    Pick<Templates, 'setTemplates' | 'ban'>,
    Pick<Accounts, 'closeAccount' | 'revoke'>,
    Pick<Consents, 'grant' | 'answerPopup' | 'withdraw' | 'left'>,
    Pick<SubscribeSend, 'forbidWords' | 'sendTakes'>,
    Pick<Faults, 'fault' | 'faultAt' | 'refuse' | 'outage' | 'faultsAhead' | 'noFaults'>,
    Pick<Pushes, 'setPush' | 'checkAddress' | 'push' | 'deliverPushes' | 'waitingPushes'> {
  /** Every request so far, as 'GET /sns/jscode2session'. */
  requests(): string[];
  /** The same with what came of each. */
  journal(): Journal['entries'];
  /** Fields that WeChat does not know, as 'POST /wxa/msg_sec_check: titel'. It ignores them; a test should not. */
  unknownFields(): string[];
  /** The cards that came to phones: of this person or of all, the first first. */
  sentMessages(openid?: string): SentMessage[];
  checkedTexts(): CheckedText[];
  checkedMedia(): CheckedMedia[];
  pushOutcomes(): PushOutcome[];
}

export interface StandInApp {
  readonly settings: AppSettings;
  readonly calls: PlatformCalls;
  readonly tokens: Tokens;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly rates: Rates;
  readonly acts: AppActs;
  readonly clock: Clock;
  readonly people: People;
  readonly consents: Consents;
  readonly templates: Templates;
  readonly pushes: Pushes;
  /** After whatever may have changed it. */
  remember(): void;
  close(): void;
}

export function makeApp(settings: AppSettings, phoneCodes: PhoneCodes): StandInApp {
  const clock = settings.clockFile === undefined ? systemClock : clockFrom(settings.clockFile);
  const journal = makeJournal(clock);
  const faults = makeFaults();
  const people = makePeople(clock);
  const rates = makeRates(clock);
  const login = makeLogin({ app: settings, clock, people, rates, unionidPrefix: settings.unionidPrefix });
  const tokens = makeTokens(settings, clock);
  const phoneButton = makePhoneButton(settings, clock, phoneCodes);
  const pushes = makePushes(settings, clock);
  const textCheck = makeTextCheck(people);
  const mediaCheck = makeMediaCheck(settings, people, pushes);
  const templates = makeTemplates(settings.templates ?? []);
  const consents = makeConsents(people, templates, pushes);
  const sending = makeSubscribeSend({ clock, people, templates, consents, pushes });
  const accounts = makeAccounts(settings, people, consents, pushes);
  const remember = keepIn(settings.memoryFile, { visits: people.visits, credits: consents.credits });
  pushes.setPush(settings.push ?? null);

  const areas = [login, tokens, phoneButton, textCheck, mediaCheck, templates, sending].map(({ calls }) => calls);
  const bare = [makeCodes(settings.landing ?? ''), makeLinks(clock), makeQuota(settings, clock, journal)];
  const acts: AppActs = {
    ...pick(login, 'issueCode'),
    ...pick(phoneButton, 'issuePhoneCode'),
    ...pick(people, 'seen'),
    ...pick(textCheck, 'judge'),
    ...pick(mediaCheck, 'judgeMedia'),
    ...pick(tokens, 'endTokens', 'refuseAddress'),
    ...pick(templates, 'setTemplates', 'ban'),
    ...pick(accounts, 'closeAccount', 'revoke'),
    ...pick(consents, 'grant', 'answerPopup', 'withdraw', 'left'),
    ...pick(sending, 'forbidWords', 'sendTakes'),
    ...pick(faults, 'fault', 'faultAt', 'refuse', 'outage', 'faultsAhead', 'noFaults'),
    ...pick(pushes, 'setPush', 'checkAddress', 'push', 'deliverPushes', 'waitingPushes'),
    requests: () => journal.entries.map(({ call }) => call),
    journal: () => journal.entries,
    unknownFields: () => journal.unknownFields,
    sentMessages: (openid) => sending.sent.filter((message) => openid === undefined || message.openid === openid),
    checkedTexts: () => textCheck.checked,
    checkedMedia: () => mediaCheck.checkedMedia,
    pushOutcomes: () => pushes.outcomes,
  };
  const calls = Object.assign({}, ...areas, ...bare) as PlatformCalls;
  const known = { clock, people, consents, templates, pushes };
  return { settings, calls, tokens, journal, faults, rates, acts, ...known, remember, close: () => pushes.close() };
}

/** Read anew each time: whoever moves the clock has written it before he asks anything. */
const clockFrom = (file: string): Clock => ({ now: () => Number(readFileSync(file, 'utf8')) });

const pick = <Thing extends object, Name extends keyof Thing>(thing: Thing, ...names: Name[]): Pick<Thing, Name> =>
  Object.fromEntries(names.map((name) => [name, thing[name]])) as Pick<Thing, Name>;
