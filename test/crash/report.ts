/** What a run of kills came to: figures, what broke, and the closing line. */
import type { Unexpected } from './partner-client.ts'
import type { ChangedAnswer } from './partner-memory.ts'
import type { Findings } from './reconcile.ts'

/**
 * `starting`: before the hub serves. `asked`: some milliseconds after a payment or a reversal left a terminal. `answered`: as soon as
 * one was acknowledged, before the hub could do anything more for it.
 */
export type Moment = 'starting' | 'asked' | 'answered' | 'any'
/** `close`: those that fell while a call was at most CLOSE_MILLIS old. */
export type KillCounts = Readonly<Record<Moment | 'close', number>>
/** Its request is in the middle of the hub then. */
export const CLOSE_MILLIS = 10

export type CrashReport = {
  readonly kills: KillCounts
  readonly payments: number
  readonly reversals: number
  readonly refusals: number
  readonly repeats: number
  /** Payment decisions whose fact was not put because of a kill, and which a repeat or a reversal healed. */
  readonly healed: number
  /** Acknowledged and not in the tables when the last hub had ended, before anybody asked again and so might have mended it. */
  readonly lostAtFirst: readonly string[]
  readonly findings: Findings
  readonly changed: readonly ChangedAnswer[]
  readonly unexpected: readonly Unexpected[]
  readonly deadLetters: number
  readonly outlived: number
}

/** What broke, a line each; empty when every promise held. */
export function brokenIn(report: CrashReport): readonly string[] {
  const { lostAtFirst, findings, changed, unexpected, deadLetters, outlived } = report
  const found = Object.entries(findings).flatMap(([finding, list]) => list.map((each) => `${finding}: ${each}`))
  const answers = changed.map(
    ({ payment: partnerPayment, question, first, now }) =>
      `answer changed: ${partnerPayment.channel} ${partnerPayment.call.id}, ${question}: first ${first.text}, now ${now.text}`,
  )
  const odd = unexpected.map(
    ({ partnerPayment, question, allowed, got, status, code }) =>
      `unexpected: ${partnerPayment.channel} ${partnerPayment.call.id}, ${question}: expected ${allowed.join(' or ')}, got ${got} (${status} ${code})`,
  )
  return [
    ...lostAtFirst.map((each) => `lost before anybody asked again: ${each}`),
    ...found,
    ...answers,
    ...odd,
    ...(deadLetters > 0 ? [`dead letters: ${deadLetters}`] : []),
    ...(outlived > 0 ? [`processes outlived their hub: ${outlived}`] : []),
  ]
}

/** The closing line. */
export function figuresOf(report: CrashReport): string {
  const { kills, payments, reversals, refusals, repeats, healed, lostAtFirst, findings, changed } = report
  const total = kills.starting + kills.asked + kills.answered + kills.any
  return [
    `${total} kills (${kills.close} within ${CLOSE_MILLIS} ms of a call, ${kills.answered} right after an answer, ${kills.starting} while starting)`,
    `${payments} payments acknowledged, ${reversals} reversals, ${refusals} refusals, ${repeats} answers asked again`,
    `${healed} facts that a kill had held up were put by a repeat`,
    `lost ${new Set([...lostAtFirst, ...findings.lost]).size}, doubled ${findings.doubled.length}, changed answers ${changed.length}`,
  ].join('; ')
}
