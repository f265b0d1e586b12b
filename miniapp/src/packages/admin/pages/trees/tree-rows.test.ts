import { rowsOf, type OutlineNode } from './tree-rows';

const node = (id: string, parentId: string | null): OutlineNode => ({
  ...{ id, parentId, name: `${id}村`, tierName: '村居', code: `44142${id.length}`, vacant: false },
});
const nodes = [node('a', null), node('ab', 'a'), node('abc', 'ab'), node('abcd', 'abc'), node('z', 'outside my reach')];
const idsOf = (toggled: string[], words = '') => rowsOf(nodes, new Set(toggled), words).map((row) => row.node.id);

test('two levels stand open; what hangs on a node out of reach is a top of its own', () => {
  expect(idsOf([])).toEqual(['a', 'ab', 'abc', 'z']);
});

test('a touch opens what is shut and shuts what is open', () => {
  expect(idsOf(['abc'])).toEqual(['a', 'ab', 'abc', 'abcd', 'z']);
  expect(idsOf(['a'])).toEqual(['a', 'z']);
});

test('words find any node, wherever it hangs', () => {
  expect(idsOf([], 'abcd')).toEqual(['abcd']);
  expect(idsOf([], '441424')).toEqual(['abcd']);
});
