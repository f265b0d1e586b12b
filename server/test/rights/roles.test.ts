import { readFileSync } from 'node:fs';
import { api } from '@sandan/shared/api';
import { permissionWords } from '@sandan/shared/access/permission-words';
import { permissionsOf, roleNames, rolePermissions, type Permission, type Role } from '@sandan/shared/access/roles';
import type { Api, Endpoint } from '@sandan/shared/endpoint';

/** Role × permission, as a table that a secretary can read: roles.md. What differs from it fails, and is changed by hand. */
type OfLifecycle =
  | `order.${OrderAction}`
  | `task.${TaskAction}`
  | `commitment.${CommitmentAction}`
  | `round.${RoundAction}`
  | `showcase.${ShowcaseAction}`;
type Other = Exclude<Permission, OfLifecycle>;
const otherNames: Record<Other, string> = {
  'order.read': '看单子（本人的，或管的地方的）',
  'order.readAffairs': '看村务建议、村务疑问',
  'order.desk': '看研判台',
  'order.revealContact': '看联系电话（每次都有记录）',
  'task.read': '看任务',
  'inspection.draw': '抽查',
  'inspection.read': '看历次抽查',
  'figures.read': '看办结率等数字',
  'setting.read': '看镇的设置',
  'setting.change': '改镇的设置',
  'person.find': '找人（派单、转办、代点）',
  'photo.upload': '传照片',
  'voice.upload': '传录音',
  'opinion.give': '对小程序提意见',
  'opinion.answer': '答复意见',
  'message.read': '看自己的消息',
  'audit.read': '看审计记录',
  'commitment.read': '看承诺',
  'commitment.import': '导入承诺',
  'round.watch': '看谁还没承诺、谁不够数',
  'privacy.publish': '发布隐私告知',
  'person.erase': '替去世的人、书面申请的人注销',
  'correction.decide': '核对更正申请',
};

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
