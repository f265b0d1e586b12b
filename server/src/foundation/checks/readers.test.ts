import { checkedThings } from '@sandan/shared/reviews/review.words';
import { erasureTable } from '../personal-data/erasure-table';
import { readers } from './readers';

const written = Object.entries(erasureTable).flatMap(([table, texts]) =>
  Object.entries(texts)
    .filter(([, how]) => typeof how === 'object' && 'words' in how)
    .map(([column]) => `${table}.${column}`),
);

test('every text that a person writes has a line that says who reads it, and what checks it before', () => {
  expect(Object.keys(readers).sort()).toEqual([...written].sort());
});

test('every checked thing of words stands behind one of them', () => {
  const checked = new Set(Object.values(readers).flat());
  const ofWords = Object.keys(checkedThings).filter((name) => !/photo|voice|evidence|card/.test(name));
  expect(ofWords.filter((name) => !(checked as Set<string>).has(name))).toEqual([]);
});
