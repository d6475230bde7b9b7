/**
 * `POST /api/memberships/{kpj}/coverage/answers`: gives a coverage answer for a benefit and keeps it, with the facts it rests
 * on and the version of the rules, in the audit chain. `GET` on the same path: the answers that were given.
 * Promises that what was answered can be shown for ten years, whatever is learnt later. Keeps no name and no NIK.
 */
import * as z from 'zod/mini'
import { formatUtc } from '../../shared/domain/instant.ts'
import type { AuditEntry, Plain } from '../../shared/store/audit/audit.ts'
import { openAccount } from './account.ts'
import { answerOn, type CoverageAnswer } from './coverage-answer.ts'
import { dateOrInstantField, instantField, readJson } from './input.ts'
import { unknownMembership } from './membership.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

const REFERENCE = 'expected the number of the benefit case: 1 to 64 of A-Z a-z 0-9 - _ . /, no nine digits in a row'
const BODY = z.strictObject({
  on: dateOrInstantField(),
  knownAt: z.optional(instantField()),
  // A case number, never a person's: those run to nine digits and more.
  reference: z.string(REFERENCE).check(z.regex(/^(?!.*\d{9})[\w./-]{1,64}$/, REFERENCE)),
})

export async function keepCoverageAnswer(parts: ConsoleParts, call: Call): Promise<Reply> {
  const { actor, now } = call
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who answers')
  const asked = readJson(BODY, call.body)
  if (asked.outcome === 'refused') return asked.reply
  const { reference, ...question } = asked.value
  const answered = await answerOn(parts, call, question)
  if (answered.outcome === 'refused') return answered.reply
  const { answer } = answered
  const detail = keptOf(answer, reference)
  const entry = await parts.resolutions.keepAnswer({ at: now, actor, action: 'answered', subject: answer.kpj, detail })
  const { sequence, hash } = entry
  parts.log.info('A coverage answer was kept', { account: answer.kpj, actor, sequence, hash })
  return json(201, { ...answer, kept: shownOf(entry) })
}

export async function listCoverageAnswers(parts: ConsoleParts, call: Call): Promise<Reply> {
  const account = await openAccount(parts, call.path.kpj ?? '')
  if (!account) return unknownMembership()
  const entries = await parts.resolutions.answersFor(account.kpj)
  return json(200, { items: entries.map(shownOf) })
}

/** The answer without its evidence's details: those follow from the facts, which never change. */
function keptOf(answer: CoverageAnswer, reference: string): Plain {
  const { evidence, kpj: _kpj, ...said } = answer
  const factKeys = evidence.flatMap((step) => (step.step === 'fact' ? [String(step.factKey)] : []))
  const files = evidence.flatMap((step) => (step.step === 'settlement-line' ? [String(step.sha256)] : []))
  return { ...said, reference, factKeys, files }
}

function shownOf({ sequence, hash, at, actor, detail }: AuditEntry) {
  return { sequence, hash, at: formatUtc(at), actor, answer: detail }
}
