import { startSpeechService, type SpeechService } from '../../../../test/speech-service';
import { createSpeech, longestText, type Speech, type SpeechFailureKind } from './speech';

let service: SpeechService;
let speech: Speech;
const seen: string[] = [];
const recording = { sound: Buffer.from('sound of a lamp that is broken'), format: 'mp3', type: 'audio/mpeg' };

beforeAll(async () => {
  service = await startSpeechService();
  speech = createSpeech({ ...service, timeoutMs: 1_000, observe: ({ outcome }) => seen.push(outcome) });
});
afterAll(async () => {
  await speech.close();
  await service.close();
});

const failureOf = (
  by: Speech = speech,
  signal?: AbortSignal,
): Promise<{ kind: SpeechFailureKind; status: number | null }> =>
  by.hear(recording, signal).then(
    (text) => Promise.reject(new Error(`heard: ${text}`)),
    ({ kind, status }) => ({ kind, status }),
  );

test('a recording goes as a form, and its words come back', async () => {
  service.says('门口的路灯坏了。');
  expect(await speech.hear(recording)).toBe('门口的路灯坏了。');
  expect(service.heard.at(-1)).toEqual({
    ...{ filename: 'voice.mp3', type: 'audio/mpeg', bytes: recording.sound.length },
    fields: { model: 'sensevoice', response_format: 'json' },
  });
  expect(seen.at(-1)).toBe('ok');
});

test('what SenseVoice adds for machines is left out, line breaks are, and it has an end', async () => {
  service.says('<|yue|><|NEUTRAL|><|Speech|><|woitn|>屋企门口\n 盏灯坏咗');
  expect(await speech.hear(recording)).toBe('屋企门口 盏灯坏咗');
  service.says('😀'.repeat(longestText + 5));
  expect([...(await speech.hear(recording))]).toHaveLength(longestText);
  service.says('   ');
  expect(await speech.hear(recording)).toBe('');
});

test('every way to fail says whether to try again', async () => {
  const cases: [Parameters<SpeechService['faults']>[0], SpeechFailureKind, number | null][] = [
    ['cut', 'away', null],
    [{ ms: 1_500 }, 'away', null],
    [{ status: 200, body: '<html>网关</html>' }, 'away', 200],
    [{ status: 200, body: '{"text":null}' }, 'away', 200],
    [{ status: 200, body: 'x'.repeat(100_000) }, 'away', null],
    [{ status: 502 }, 'away', 502],
    [{ status: 302 }, 'away', 302],
    [{ status: 429 }, 'busy', 429],
    [{ status: 503 }, 'busy', 503],
    [{ status: 402 }, 'configuration', 402],
    [{ status: 405 }, 'configuration', 405],
    [{ status: 408 }, 'away', 408],
    [{ status: 413 }, 'refused', 413],
  ];
  for (const [fault, kind, status] of cases) {
    service.faults(fault);
    expect(await failureOf()).toEqual({ kind, status });
    expect(seen.at(-1)).toBe(kind);
  }
});

test('a wrong key, a wrong model, a wrong address', async () => {
  const failsWith = async (wrong: object): Promise<SpeechFailureKind> => {
    const other = createSpeech({ ...service, ...wrong, timeoutMs: 1_000 });
    const { kind } = await failureOf(other);
    await other.close();
    return kind;
  };
  expect(await failsWith({ key: 'another' })).toBe('configuration');
  expect(await failsWith({ key: null })).toBe('configuration');
  expect(await failsWith({ model: 'another' })).toBe('refused');
  expect(await failsWith({ url: service.url.replace('/v1', '') })).toBe('configuration');
  expect(await failsWith({ url: 'http://127.0.0.1:1/v1' })).toBe('away');
});

test('whoever stops does not wait for it', async () => {
  const stopping = new AbortController();
  service.faults({ ms: 900 });
  const before = seen.length;
  const failed = failureOf(speech, stopping.signal);
  stopping.abort();
  expect(await failed).toEqual({ kind: 'away', status: null });
  expect(seen).toHaveLength(before);
});
