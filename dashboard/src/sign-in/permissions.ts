/**
 * What a role may do, so that nobody is shown what the API would refuse. The API decides; its table is
 * functions/serve-console/http/permissions.ts, and test/dashboard/permissions.test.ts holds this one to it.
 */
export const PERMISSIONS = ['read', 'disclose', 'contact', 'operate', 'approve', 'administer'] as const
export type Permission = (typeof PERMISSIONS)[number]

const TABLE = {
  viewer: ['read'],
  support: ['read', 'disclose', 'contact'],
  operator: ['read', 'contact', 'operate'],
  approver: ['read', 'contact', 'operate', 'approve'],
  admin: PERMISSIONS,
} as const satisfies Readonly<Record<string, readonly Permission[]>>

export type Role = keyof typeof TABLE
export const ROLES = Object.keys(TABLE) as readonly Role[]

export function rolesIn(claim: unknown): readonly Role[] {
  const named: readonly unknown[] = Array.isArray(claim) ? claim : []
  return ROLES.filter((role) => named.includes(role))
}

export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role): readonly Permission[] => TABLE[role]))
}

export function seesUnmasked(roles: readonly Role[]): boolean {
  return permissionsOf(roles).has('disclose')
}
