/**
 * Who is measured. `sdk`: the calls of a payment alone, through the SDK's client; `own`: through the client that the endpoint
 * has too.
 */
export const CONTESTANTS = ['endpoint', 'sdk', 'own'] as const
export type Contestant = (typeof CONTESTANTS)[number]
