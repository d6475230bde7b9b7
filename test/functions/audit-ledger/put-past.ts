/**
 * Putting items past the hub, for the tests of what the audit finds: a day with a genuine payment, an item of somebody inside, and the
 * word that the night or the Sunday after has for it.
 */
import type { Fact } from '../../../shared/domain/fact.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { counterOf } from '../../support/endpoint.ts'
import { at, date } from '../../support/facts.ts'
import { type Audit, auditOn } from './audit.ts'

export const DAY = '2026-11-20'
export const OTHER = kpjOf('22222222222')

export type Insider = {
  readonly table: string
  readonly forged: string
  readonly foundBy: string
  readonly within: string
  /** The word by which it is found; undefined: it is not. */
  readonly find: () => Promise<string | undefined>
}

export const NIGHT = 'the next night, 03:30'
export const SUNDAY = 'Sunday, 05:30'

/** What the night after that day finds. */
export async function night(forge: (audit: Audit) => Promise<void>): Promise<string | undefined> {
  const audit = await auditOn()
  await counterOf(audit.hub, 'bni').pay({ paymentId: 'TRUE' })
  await audit.fold()
  await forge(audit)
  audit.nextMorning()
  await audit.play({ task: 'nightly' })
  const lines = [...(await audit.lines(DAY)), ...(await audit.lines('2026-11-21'))]
  return lines.flatMap(({ samples }) => samples.map(({ difference }) => difference))[0]
}

/** What Sunday finds, when everything is walked: also what lies with an account that nothing else touched. */
export async function sunday(forge: (audit: Audit) => Promise<void>): Promise<string | undefined> {
  const audit = await auditOn()
  await audit.fold()
  await forge(audit)
  audit.hub.clock.now = at('2026-11-22T05:30')
  await audit.play({ task: 'weekly' })
  return (await audit.lines('2026-11-22')).flatMap(({ samples }) => samples.map(({ difference }) => difference))[0]
}

export const facts =
  (...put: readonly Fact[]) =>
  async (audit: Audit) => {
    for (const fact of put) await audit.hub.store.facts.put(fact)
    await audit.fold()
  }

export const stamp = { decidedAt: at('2026-11-20T15:00'), recordedAt: at('2026-11-20T15:00'), businessDate: date(DAY) }
