import { readFileSync } from 'node:fs';
import { api } from '@sandan/shared/api';
import { permissionWords } from '@sandan/shared/access/permission-words';
import { permissionsOf, roleNames, rolePermissions, type Permission, type Role } from '@sandan/shared/access/roles';
import type { Api, Endpoint } from '@sandan/shared/endpoint';

/** Role × permission, as a table that a secretary can read: roles.md. What differs from it fails, and is changed by hand. */
const roles = Object.keys(rolePermissions) as Role[];
const endpoints = Object.values(api as Readonly<Record<string, Api>>).flatMap((room): Endpoint[] =>
  Object.values(room),
);
const asked = [...new Set(endpoints.map(({ permission }) => permission))].filter(
  (permission): permission is Permission => permission !== 'anyone' && permission !== 'signedIn',
);
const granted = new Set(roles.flatMap((role) => [...permissionsOf(role)]));

/** One line per permission that somebody holds or an endpoint asks for, in the order in which things happen. */
function drawTable(): string {
  const lines = (Object.entries(permissionWords) as [Permission, string][])
    .filter(([permission]) => granted.has(permission) || asked.includes(permission))
    .map(([permission, name]) => {
      const holders = roles.filter((role) => permissionsOf(role).includes(permission));
      return `| ${name} | \`${permission}\` | ${holders.map((role) => roleNames[role]).join('、')} |`;
    });
  return [`| 做什么 | 权限 | 谁可以 |`, '| --- | --- | --- |', ...lines].join('\n');
}

const written = readFileSync(new URL('roles.md', import.meta.url), 'utf8');
const tableOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n');

test('every role may do what roles.md says, and nothing else', () => {
  expect(drawTable().split('\n')).toEqual(tableOf(written).split('\n'));
});

test('whatever there is to do, somebody may do it', () => {
  expect(asked.filter((permission) => !granted.has(permission))).toEqual([]);
});
