import type { OrderAction } from '@sandan/shared/orders/order.lifecycle';
import { offeredOf, type ActionTable } from './offered-actions';

const Form = () => null;
const table: ActionTable = {
  confirm: { label: '办好了', main: true, Form },
  accept: { label: '受理', main: true, Form },
  reopen: { label: '没办好', Form },
  remind: { label: '催一催', Form },
};
const labels = (...allows: OrderAction[]) => {
  const { main, others } = offeredOf(table, allows);
  return [main?.label ?? null, ...others.map(({ label }) => label)];
};

test('one button is filled, the first of the table; the rest follow in its order, whatever order the server says', () => {
  expect(labels('remind', 'accept', 'reopen', 'confirm')).toEqual(['办好了', '受理', '没办好', '催一催']);
});

test('what is not main never becomes it', () => {
  expect(labels('remind')).toEqual([null, '催一催']);
});

test('what the server does not allow is not there, and what has no form here is left out', () => {
  expect(labels('dispatch', 'reopen')).toEqual([null, '没办好']);
  expect(labels()).toEqual([null]);
});
