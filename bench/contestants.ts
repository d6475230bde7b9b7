/**
 * Who is measured. `bare`: the calls alone, by the SDK as npm brings it; `lean`: by the client that the bundles have in its
 * place; `kept`: those and the evidence call.
 */
export const PLAYERS = ['endpoint', 'bare', 'lean', 'kept'] as const
export type Player = (typeof PLAYERS)[number]
