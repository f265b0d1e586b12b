import { liveCloses, type LiveMessage } from '@sandan/shared/live/live.words';
import { heard, hurried, lost, noLine, ticked, ticketCame, wakeAt, wanted, type Chance, type Line } from './live-line';

const at = (now: number, random = 0): Chance => ({ now, random });
const ready: LiveMessage = { kind: 'ready', at: 'A' };
const changed: LiveMessage = { kind: 'changed', topic: 'tasks', ids: ['1'], at: 'B' };
const minute = 60_000;

const asking = (now = 0): Line => wanted(noLine, true, at(now)).line;
const opening = (now = 0): Line => ticketCame(asking(now), { ticket: 't', at: 'A' }, at(now)).line;
const open = (now = 0): Line => heard(opening(now), ready, at(now)).line;

test('somebody looks: a ticket is asked for, the socket opened with it, and what changes is told', () => {
  expect(wanted(noLine, true, at(0)).deeds).toEqual([{ do: 'ask' }]);
  expect(ticketCame(asking(), { ticket: 't', at: 'A' }, at(0)).deeds).toEqual([
    { do: 'open', ticket: 't', since: 'A' },
  ]);
  expect(heard(open(), changed, at(1)).deeds).toEqual([{ do: 'tell', topic: 'tasks', ids: ['1'] }]);
  expect(heard(open(), { kind: 'beat', at: 'C' }, at(1)).deeds).toEqual([{ do: 'beat' }]);
});

test('hidden it is closed, and shown again it goes on where it was', () => {
  const told = heard(open(), changed, at(1)).line;
  const { line, deeds } = wanted(told, false, at(2));
  expect(deeds).toEqual([{ do: 'close' }]);
  expect(wakeAt(line)).toBeNull();
  const again = wanted(line, true, at(3)).line;
  expect(ticketCame(again, { ticket: 'u', at: 'Z' }, at(3)).deeds).toEqual([{ do: 'open', ticket: 'u', since: 'B' }]);
});

test('what an earlier attempt still says is not taken for this one', () => {
  const off = wanted(asking(), false, at(1)).line;
  expect(ticketCame(off, { ticket: 't', at: 'A' }, at(2))).toEqual({ line: off, deeds: [] });
  expect(heard(off, changed, at(2))).toEqual({ line: off, deeds: [] });
  expect(lost(off, null, at(2))).toEqual({ line: off, deeds: [] });
  expect(asking().attempt).not.toBe(off.attempt);
});

test('a server that stops is tried again within ten seconds, each phone at a time of its own', () => {
  const due = (random: number) => wakeAt(lost(open(), liveCloses.goingAway, at(10 * minute, random)).line);
  expect([due(0), due(1)]).toEqual([10 * minute + 1_000, 10 * minute + 10_000]);
});

test('who says nothing is given up', () => {
  const line = open();
  const silent = wakeAt(line) ?? 0;
  expect(ticked(line, at(silent - 1)).deeds).toEqual([]);
  const { line: resting, deeds } = ticked(line, at(silent));
  expect([resting.phase, deeds]).toEqual(['resting', [{ do: 'close' }]]);
  expect(ticked(asking(), at(15_000)).line.phase).toBe('resting');
});

/** Fails until it rests for long; the line and the time. */
function inVain(): { line: Line; now: number } {
  let line = asking();
  let now = 0;
  for (let failures = 1; failures <= 3; failures += 1) {
    line = lost(line, null, at(now)).line;
    if (failures === 3) break;
    now = wakeAt(line) ?? 0;
    line = ticked(line, at(now)).line;
    expect(line.phase).toBe('asking');
  }
  return { line, now };
}

test('three times in vain: everything is read anew each minute, and the socket tried again in five', () => {
  const start = inVain();
  let { line } = start;
  for (let minutes = 1; minutes <= 4; minutes += 1) {
    expect(wakeAt(line)).toBe(start.now + minutes * minute);
    const next = ticked(line, at(start.now + minutes * minute));
    expect(next.deeds).toEqual([{ do: 'tell', topic: null, ids: [] }]);
    line = next.line;
  }
  const again = ticked(line, at(start.now + 5 * minute));
  expect(again.deeds).toEqual([{ do: 'tell', topic: null, ids: [] }, { do: 'ask' }]);
  expect(ticketCame(again.line, { ticket: 't', at: 'A' }, at(0)).line.phase).toBe('opening');
});

test('reading anew goes on while the socket is tried again, and ends when it is open', () => {
  const { line, now } = inVain();
  const trying = ticked(line, at(now + 5 * minute)).line;
  expect(lost(trying, null, at(now + 5 * minute)).line.pollAt).toBe(now + 6 * minute);
  const there = ticketCame(trying, { ticket: 't', at: 'A' }, at(now + 5 * minute)).line;
  expect(heard(there, ready, at(now + 5 * minute)).line.pollAt).toBeNull();
});

test('back in the network, nobody rests', () => {
  expect(hurried(inVain().line, at(9)).deeds).toEqual([{ do: 'ask' }]);
  expect(hurried(noLine, at(9))).toEqual({ line: noLine, deeds: [] });
});

test('in another network the old line is given up at once, not when it has said nothing for long, and goes on where it was', () => {
  const told = heard(open(), changed, at(1)).line;
  const { line, deeds } = hurried(told, at(9));
  expect(deeds).toEqual([{ do: 'close' }, { do: 'ask' }]);
  expect(heard(line, changed, at(10))).toEqual({ line, deeds: [] });
  expect(ticketCame(line, { ticket: 'u', at: 'Z' }, at(10)).deeds).toEqual([{ do: 'open', ticket: 'u', since: 'B' }]);
});

test('one of too many windows does not fight for its place', () => {
  const { line } = lost(open(), liveCloses.tooMany, at(minute));
  expect(wakeAt(line)).toBe(2 * minute);
  expect(line.due).toBe(6 * minute);
});
