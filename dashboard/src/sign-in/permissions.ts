/**
 * What a role may do, so that nobody is shown what the API would refuse. The API decides; its table is
 * functions/serve-console/http/permissions.ts, and test/dashboard/permissions.test.ts holds this one to it.
 */
export const PERMISSIONS = ['read', 'contact', 'operate', 'approve', 'administer', 'follow', 'sponsor'] as const
export type Permission = (typeof PERMISSIONS)[number]

const TABLE = {
  viewer: { may: ['read', 'follow'], unmasked: false },
  support: { may: ['read', 'contact', 'follow'], unmasked: true },
  operator: { may: ['read', 'contact', 'operate', 'follow', 'sponsor'], unmasked: false },
  approver: { may: ['read', 'contact', 'operate', 'approve', 'follow', 'sponsor'], unmasked: false },
  admin: { may: PERMISSIONS, unmasked: true },
  sponsor: { may: ['follow', 'sponsor'], unmasked: false },
} as const satisfies Readonly<Record<string, { may: readonly Permission[]; unmasked: boolean }>>

export type Role = keyof typeof TABLE
export const ROLES = Object.keys(TABLE) as readonly Role[]

export function rolesIn(claim: unknown): readonly Role[] {
  const named: readonly unknown[] = Array.isArray(claim) ? claim : []
  return ROLES.filter((role) => named.includes(role))
}

export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role): readonly Permission[] => TABLE[role].may))
}

export function seesUnmasked(roles: readonly Role[]): boolean {
  return roles.some((role) => TABLE[role].unmasked)
}
