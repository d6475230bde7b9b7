/** What a look at a member, or at a program, leaves behind: which metric, with which dimensions, and which line at which level. */
import { describe, expect, test } from 'vitest'
import type { NoticeOutcome } from '../../../functions/send-notice/ports.ts'
import { reportNotice, reportTold } from '../../../functions/send-notice/report-notice.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { month } from '../../../shared/domain/month.ts'
import { CHANNEL_COSTS } from '../../../shared/domain/notice-preferences.ts'
import { at, date, KPJ } from '../../support/facts.ts'

const NOW = at('2026-11-20T10:00')
const DUE = { stage: 'due', month: month('2026-12') } as never
const LEFT = ['not-a-membership', 'nothing-due', 'not-daytime', 'already', 'notified-today', 'obsolete'] as const

function reporting() {
  const counted: unknown[][] = []
  const said: unknown[][] = []
  const log = {
    info: (...line: unknown[]) => void said.push(['info', ...line]),
    warn: (...line: unknown[]) => void said.push(['warn', ...line]),
  }
  return { to: { metrics: { count: (...each: unknown[]) => void counted.push(each) }, log }, counted, said }
}

function reported(noticed: object) {
  const { to, counted, said } = reporting()
  reportNotice(to, KPJ, noticed as NoticeOutcome, NOW)
  return { counted, said }
}

const fields = (outcome: string) => ({ account: KPJ, outcome, stage: 'due', month: '2026-12' })

describe('a notice', () => {
  test('that was sent is counted by channel and stage, with what it costs', () => {
    const cost = inForce('costs', CHANNEL_COSTS, date('2026-11-20')).costRupiah.sms
    expect(cost).toBeGreaterThan(0)
    expect(reported({ outcome: 'sent', due: DUE, channel: 'sms' })).toEqual({
      counted: [
        ['NoticesSent', { channel: 'sms', stage: 'due' }],
        ['NoticeCostRupiah', { channel: 'sms' }, cost],
      ],
      said: [['info', 'A notice was sent', { ...fields('sent'), channel: 'sms' }]],
    })
  })

  test.each(['sms', null])('that may have been sent is warned of (%s)', (channel) => {
    expect(reported({ outcome: 'unknown', due: DUE, channel })).toEqual({
      counted: [['NoticesUnknown']],
      said: [
        [
          'warn',
          'A notice may have been sent and will not be sent again',
          { ...fields('unknown'), channel: channel ?? undefined },
        ],
      ],
    })
  })

  test('that every way refused is warned of', () => {
    expect(reported({ outcome: 'failed', due: DUE })).toEqual({
      counted: [['NoticesFailed']],
      said: [['warn', 'Every way refused a notice', fields('failed')]],
    })
  })

  test.each(['opted-out', 'no-way-to-reach'])('that nobody can be sent is counted: %s', (outcome) => {
    expect(reported({ outcome, due: DUE })).toEqual({
      counted: [['NoticesUnsendable', { outcome }]],
      said: [['info', 'A notice could not be sent', fields(outcome)]],
    })
  })

  test.each(LEFT)('that is not to be sent is left: %s', (outcome) => {
    expect(reported({ outcome })).toEqual({
      counted: [['NoticesLeft', { outcome }]],
      said: [['info', 'There was nothing to send', { ...fields(outcome), stage: undefined, month: undefined }]],
    })
  })
})

test('each person of a sponsor who was told is a line; what may have gone out and what was refused alarm as notices do', () => {
  const { to, counted, said } = reporting()
  const outcomes = ['sent', 'unknown', 'refused', 'before'] as const
  reportTold(to, 'jambi.2027' as never, outcomes.map((outcome) => ({ outcome })) as never)
  expect(counted).toEqual([
    ['SponsorNotices', { outcome: 'sent' }],
    ['SponsorNotices', { outcome: 'unknown' }],
    ['NoticesUnknown'],
    ['SponsorNotices', { outcome: 'refused' }],
    ['NoticesFailed'],
    ['SponsorNotices', { outcome: 'before' }],
  ])
  expect(said).toEqual(
    outcomes.map((outcome) => ['info', 'A sponsor was told that a program ends', { sponsor: 'jambi.2027', outcome }]),
  )
})
