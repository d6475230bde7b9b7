/**
 * Who is measured. `sdk`: the calls of a payment alone, through the SDK's client; `own`: through the client that the endpoint
 * has too.
 */
export const PLAYERS = ['endpoint', 'sdk', 'own'] as const
export type Player = (typeof PLAYERS)[number]
