import { rolesThatExclude } from './exclusive-roles';
import { rolePermissions, type GrantedRole } from './roles';

const roles = (Object.keys(rolePermissions) as (keyof typeof rolePermissions)[]).filter(
  (role): role is GrantedRole => role !== 'resident',
);

test('whoever audits does not administer, and the other way round', () => {
  expect(rolesThatExclude('auditor')).toEqual(['admin']);
  expect(rolesThatExclude('admin')).toEqual(['auditor']);
});

test('what excludes is excluded: the rule reads the same from both sides', () => {
  for (const one of roles)
    for (const other of roles)
      expect(rolesThatExclude(one).includes(other)).toBe(rolesThatExclude(other).includes(one));
});
