import { roundLifecycle } from '@sandan/shared/commitments/round.lifecycle';
import { moves, movesOf, stepAt, yearSteps } from './round-steps';

test('every state of a year has its place in the line', () => {
  const states = Object.keys(roundLifecycle.states) as (keyof typeof roundLifecycle.states)[];
  const places = states.map((state) => stepAt({ state }));
  expect([...places].sort()).toEqual(places);
  expect([places[0], places.at(-1)]).toEqual([1, yearSteps.length]);
});

test('whatever moves a year on is offered, and nothing else', () => {
  const { actions } = roundLifecycle;
  const moving = (Object.keys(actions) as (keyof typeof actions)[]).filter((action) => actions[action].to !== 'same');
  expect(Object.keys(moves).sort()).toEqual(moving.filter((action) => action !== 'open').sort());
});

test('the way forward is offered before the look back', () => {
  expect(movesOf({ allows: ['exempt', 'include', 'lookBack', 'startClosing'] })).toEqual(['startClosing', 'lookBack']);
});
