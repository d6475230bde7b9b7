/** Ids for tests, from the text that a test writes down. Each throws where the hub's own parser refuses the text. */
import { type Account, parseAccount } from '../../shared/domain/account.ts'
import { type FactKey, parseFactKey } from '../../shared/domain/fact.ts'
import { type ParticipantHash, parseParticipantHash } from '../../shared/domain/participant.ts'

export function accountOf(text: string): Account {
  return parsed(text, parseAccount, 'an account')
}

export function factKeyIn(text: string): FactKey {
  return parsed(text, parseFactKey, 'the key of a fact').key
}

export function participantOf(text: string): ParticipantHash {
  return parsed(text, parseParticipantHash, 'a participant hash')
}

function parsed<T>(text: string, parse: (text: string) => T | undefined, expected: string): T {
  const value = parse(text)
  if (value === undefined) throw new RangeError(`expected ${expected}, got ${text}`)
  return value
}
