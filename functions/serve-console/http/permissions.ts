/**
 * Who may do what on the console, as one table. Roles come from the token's claims, which API Gateway has verified.
 * A token with none of these roles may do nothing, not even read. Knows no paths: each route says what it needs.
 */

/** What a caller needs: its words are those of a refusal. */
export const PERMISSIONS = {
  /** Names, NIKs and phone numbers masked. */
  read: 'read',
  /** Names, NIKs and phone numbers in full; each read leaves a trace with its reason. */
  disclose: 'see personal data in full: support or admin',
  /** How a member is written to. */
  contact: 'look after contacts: support, operator, approver or admin',
  /** Imports, bills, file uploads, redrive, repair, proposals. */
  operate: 'operate: operator, approver or admin',
  /** What others have proposed. */
  approve: 'approve: approver or admin',
  /** Closing and reopening memberships. */
  administer: 'administer: admin',
} as const

export type Permission = keyof typeof PERMISSIONS

const ROLE_TABLE = {
  viewer: ['read'],
  support: ['read', 'disclose', 'contact'],
  operator: ['read', 'contact', 'operate'],
  approver: ['read', 'contact', 'operate', 'approve'],
  admin: ['read', 'disclose', 'contact', 'operate', 'approve', 'administer'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>

export type Role = keyof typeof ROLE_TABLE
/** The token's claims, as the authorizer verified them. */
export type Claims = Readonly<Record<string, unknown>>

export const ROLES = Object.keys(ROLE_TABLE) as readonly Role[]

/** The known roles in a token. Groups arrive as a list, or, through API Gateway, as the text `[viewer support]`. */
export function rolesOf(claims: Claims): readonly Role[] {
  const named = [...namesIn(claims['cognito:groups']), ...namesIn(claims.roles)]
  return ROLES.filter((role) => named.includes(role))
}

export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => (ROLE_TABLE[role] as readonly Permission[]).includes(permission))
}

/** Names, NIKs and phone numbers in full. */
export function seesUnmasked(roles: readonly Role[]): boolean {
  return mayDo(roles, 'disclose')
}

function namesIn(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((name) => typeof name === 'string')
  if (typeof claim !== 'string') return []
  return claim
    .replace(/^\[(.*)\]$/, '$1')
    .split(/[\s,]+/)
    .map((name) => name.replace(/^"(.*)"$/, '$1'))
}
