/** What a look at a member came to, as metrics and one log line. Neither holds an address or a text. */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { CHANNEL_COSTS, type NoticeChannel } from '../../shared/domain/notice-preferences.ts'
import type { ProgramId } from '../../shared/domain/sponsors/sponsor.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { NoticeOutcome } from './ports.ts'
import type { Told } from './tell-sponsor.ts'

export type Reporting = { readonly metrics: Pick<Metrics, 'count'>; readonly log: Pick<Log, 'info' | 'warn'> }

export function reportNotice({ metrics, log }: Reporting, kpj: Kpj, noticed: NoticeOutcome, now: Instant): void {
  const { outcome } = noticed
  const due = 'due' in noticed ? noticed.due : undefined
  const fields = { account: kpj, outcome, stage: due?.stage, month: due?.month }
  switch (outcome) {
    case 'sent': {
      const channel = noticed.channel as NoticeChannel
      metrics.count('NoticesSent', { channel, stage: noticed.due.stage })
      metrics.count('NoticeCostRupiah', { channel }, costOf(channel, now))
      log.info('A notice was sent', { ...fields, channel })
      break
    }
    case 'unknown':
      metrics.count('NoticesUnknown')
      log.warn('A notice may have been sent and will not be sent again', {
        ...fields,
        channel: noticed.channel ?? undefined,
      })
      break
    case 'failed':
      metrics.count('NoticesFailed')
      log.warn('Every way refused a notice', fields)
      break
    case 'opted-out':
    case 'no-way-to-reach':
      metrics.count('NoticesUnsendable', { outcome })
      log.info('A notice could not be sent', fields)
      break
    case 'not-a-membership':
    case 'nothing-due':
    case 'not-daytime':
    case 'already':
    case 'notified-today':
    case 'obsolete':
      metrics.count('NoticesLeft', { outcome })
      log.info('There was nothing to send', fields)
      break
    default:
      assertNever(outcome)
  }
}

export function reportTold({ metrics, log }: Reporting, program: ProgramId, told: readonly Told[]): void {
  for (const { outcome } of told) {
    metrics.count('SponsorNotices', { outcome })
    if (outcome === 'unknown') metrics.count('NoticesUnknown')
    if (outcome === 'refused') metrics.count('NoticesFailed')
    log.info('A sponsor was told that a program ends', { sponsor: program, outcome })
  }
}

function costOf(channel: NoticeChannel, now: Instant): number {
  return inForce('channel costs', CHANNEL_COSTS, businessDateOf(now)).costRupiah[channel]
}
