import { rolesThatExclude } from '@sandan/shared/access/exclusive-roles';
import {
  permissionThings,
  permissionWords,
  thingOfPermission,
  type PermissionThing,
} from '@sandan/shared/access/permission-words';
import { permissionsOf, roleNames, rolePermissions, type Permission, type Role } from '@sandan/shared/access/roles';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { grantReviewsApi } from '@sandan/shared/audit/grant-reviews.contract';

const roles = Object.keys(rolePermissions) as Role[];

interface Group {
  name: string;
  permissions: { permission: Permission; roles: Role[] }[];
}

/** Every permission that somebody holds, by what it is about; the roles in the order of their table. */
export function roleGroups(): Group[] {
  const held = (Object.keys(permissionWords) as Permission[]).flatMap((permission) => {
    const holders = roles.filter((role) => permissionsOf(role).includes(permission));
    return holders.length === 0 ? [] : [{ permission, roles: holders }];
  });
  return (Object.keys(permissionThings) as PermissionThing[]).flatMap((thing) => {
    const permissions = held.filter(({ permission }) => thingOfPermission(permission) === thing);
    return permissions.length === 0 ? [] : [{ name: permissionThings[thing], permissions }];
  });
}

/** 岗位权限表. It is the same for everybody: the program's own table. */
export const presentRoleTable = (): ReplyOf<typeof grantReviewsApi.roles> => ({
  roles: roles.map((role) => ({
    role,
    name: roleNames[role],
    apartFrom: role === 'resident' ? [] : rolesThatExclude(role).map((other) => roleNames[other]),
  })),
  groups: roleGroups().map(({ name, permissions }) => ({
    name,
    permissions: permissions.map(({ permission, roles: holders }) => ({
      permission,
      name: permissionWords[permission],
      roles: holders,
    })),
  })),
});
