import type { Round } from './commitment';
import { currentRound, draftingRound } from './years';

const round = (year: number, state: Round['state']) => ({ year, state }) as Round;

test('a year that is only being prepared is not yet shown, and nobody writes for it', () => {
  const rounds = [round(2027, 'preparing'), round(2026, 'underWay'), round(2025, 'closed')];
  expect(currentRound(rounds)?.year).toBe(2026);
  expect(draftingRound(rounds)?.year).toBe(2026);
});

test('between two years the closed one is shown, and nothing can be written', () => {
  const rounds = [round(2026, 'closed'), round(2025, 'closed')];
  expect(currentRound(rounds)?.year).toBe(2026);
  expect(draftingRound(rounds)).toBeNull();
  expect(currentRound([])).toBeNull();
});
