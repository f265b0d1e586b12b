import { excludedBy, isOwnGrant, rolesThatExclude } from './exclusive-roles';
import { rolePermissions, type GrantedRole } from './roles';

const roles = (Object.keys(rolePermissions) as (keyof typeof rolePermissions)[]).filter(
  (role): role is GrantedRole => role !== 'resident',
);

test('whoever audits does not administer, and the other way round', () => {
  expect(rolesThatExclude('auditor')).toEqual(['admin']);
  expect(rolesThatExclude('admin')).toEqual(['auditor']);
  expect(excludedBy(['gridWorker', 'admin'], 'auditor')).toBe('admin');
  expect(excludedBy(['gridWorker', 'inspector'], 'auditor')).toBeNull();
});

test('what excludes is excluded: the rule reads the same from both sides', () => {
  for (const one of roles)
    for (const other of roles)
      expect(rolesThatExclude(one).includes(other)).toBe(rolesThatExclude(other).includes(one));
});

test('nobody grants to himself', () => {
  expect(isOwnGrant({ personId: 'a' }, 'a')).toBe(true);
  expect(isOwnGrant({ personId: 'a' }, 'b')).toBe(false);
});
