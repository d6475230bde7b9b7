/**
 * Who may do what on the console, as one table. Roles come from the token's claims, which API Gateway has verified.
 * A token with none of these roles may do nothing, not even read. Knows no paths: routes.ts says what each call needs.
 */

/**
 * What a call needs: `read` (masked), `contact` (how a member is written to), `operate` (imports, bills, redrive, repair, proposals), `approve` (decisions of others),
 * `administer` (closing, reopening).
 */
export type Permission = 'read' | 'contact' | 'operate' | 'approve' | 'administer'

const GRANTS = {
  viewer: { permissions: ['read'], unmasked: false },
  support: { permissions: ['read', 'contact'], unmasked: true },
  operator: { permissions: ['read', 'contact', 'operate'], unmasked: false },
  approver: { permissions: ['read', 'contact', 'operate', 'approve'], unmasked: false },
  admin: { permissions: ['read', 'contact', 'operate', 'approve', 'administer'], unmasked: true },
} as const satisfies Readonly<Record<string, { permissions: readonly Permission[]; unmasked: boolean }>>

export type Role = keyof typeof GRANTS
export type Claims = Readonly<Record<string, unknown>>

export const ROLES = Object.keys(GRANTS) as readonly Role[]

/** The known roles in a token. Groups arrive as a list, or, through API Gateway, as the text `[viewer support]`. */
export function rolesOf(claims: Claims): readonly Role[] {
  const named = [...namesIn(claims['cognito:groups']), ...namesIn(claims.roles)]
  return ROLES.filter((role) => named.includes(role))
}

export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => (GRANTS[role].permissions as readonly Permission[]).includes(permission))
}

/** Names, NIKs and phone numbers in full. */
export function seesUnmasked(roles: readonly Role[]): boolean {
  return roles.some((role) => GRANTS[role].unmasked)
}

function namesIn(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((name) => typeof name === 'string')
  if (typeof claim !== 'string') return []
  return claim
    .replace(/^\[(.*)\]$/, '$1')
    .split(/[\s,]+/)
    .map((name) => name.replace(/^"(.*)"$/, '$1'))
}
