/**
 * `POST /api/memberships/{kpj}/coverage/answers`: gives a coverage answer for a benefit and keeps it, with the facts it rests
 * on and the version of the rules, in the audit chain. `GET` on the same path: the answers that were given.
 * Promises that what was answered can be shown for ten years, whatever is learnt later. Keeps no name and no NIK.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import { answerOn } from './coverage-answer.ts'
import type { CaseQuestion, CoverageAnswer, KeptAnswer } from './schemas.ts'

export async function keepCoverageAnswer(ports: ConsolePorts, call: Call<{ path: { kpj: Kpj }; body: CaseQuestion }>) {
  const { actor, now } = call
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who answers')
  const { reference, ...question } = call.body
  const answered = await answerOn(ports, call, question)
  if (answered.outcome === 'refused') return answered.problem
  const { answer } = answered
  const detail = keptOf(answer, reference)
  const entry = await ports.resolutions.keepAnswer({
    at: now,
    actor,
    action: 'answered',
    subject: call.path.kpj,
    detail,
  })
  const { sequence, hash } = entry
  ports.log.info('A coverage answer was kept', { account: answer.kpj, actor, sequence, hash })
  return json(201, { ...answer, kept: shownOf(entry) })
}

export async function listCoverageAnswers(ports: ConsolePorts, call: Call<{ path: { kpj: Kpj } }>) {
  const account = await openAccount(ports, call.path.kpj)
  if (!account) return unknownMembership()
  const entries = await ports.resolutions.answersFor(account.kpj)
  return json(200, { items: entries.map(shownOf) })
}

/** The answer without its evidence's details: those follow from the facts, which never change. */
function keptOf(answer: CoverageAnswer, reference: string): KeptAnswer['answer'] {
  const { evidence, kpj: _kpj, ...rest } = answer
  const factKeys = evidence.flatMap((step) => (step.step === 'fact' ? [step.factKey] : []))
  const files = evidence.flatMap((step) => (step.step === 'settlement-line' ? [String(step.sha256)] : []))
  return { ...rest, reference, factKeys, files }
}

function shownOf({ sequence, hash, at, actor, detail }: AuditEntry): KeptAnswer {
  // What `keptOf` wrote: the chain takes entries of this action from here only.
  return { sequence, hash, at: formatUtc(at), actor, answer: detail as KeptAnswer['answer'] }
}
