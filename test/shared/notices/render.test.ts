import { describe, expect, test } from 'vitest'
import { channels } from '../../../shared/channels/registry.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { addMonths, month } from '../../../shared/domain/month.ts'
import type { NoticeContent } from '../../../shared/domain/notice-decision.ts'
import { LANGUAGES } from '../../../shared/domain/notice-preferences.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { renderNotice, templateOf } from '../../../shared/notices/render.ts'
import { smsSegments } from '../../../shared/notices/sms-segments.ts'
import { date } from '../../support/facts.ts'

const NIK = '3578011203850001'

function contentOf(changed: Partial<NoticeContent> = {}): NoticeContent {
  return {
    stage: 'due',
    month: month('2026-11'),
    funding: 'self',
    paidThrough: month('2026-10'),
    owed: { first: month('2026-11'), last: month('2026-11'), amount: rupiah(8_400) },
    dueOn: date('2026-11-16'),
    lapsesOn: date('2027-02-01'),
    ...changed,
  }
}

const everyText = NOTICE_STAGES.flatMap((stage) =>
  LANGUAGES.flatMap((language) => [
    { stage, language, owed: true as const },
    { stage, language, owed: false as const },
  ]),
).filter(({ stage, owed }) => owed || ['lapsed', 'active-again', 'receipt', 'sponsor-stopping'].includes(stage))

describe('a notice as text', () => {
  test('a member reads what is owed, for which month, until when, and where to pay', () => {
    expect(renderNotice(contentOf(), NIK, 'id').sms).toBe(
      'BPJS Ketenagakerjaan: iuran November 2026 untuk NIK 3578**********01 sebesar Rp8.400 jatuh tempo 16 November 2026 dan belum kami terima. Cukup sebut NIK di Kantor Pos, Agen BRILink, Agen46 BNI, Indomaret, atau Alfamart.',
    )
  })

  test('arrears of several months are one sum over a span of months', () => {
    const owed = { first: month('2026-11'), last: month('2027-01'), amount: rupiah(33_600) }
    const { sms } = renderNotice(contentOf({ stage: 'last-week', owed }), NIK, 'en')
    expect(sms).toContain('lapses on 1 February 2027. Pay November 2026 - January 2027, Rp33,600, before that day.')
  })

  test.each(everyText)('$stage in $language fits two segments of an SMS with the longest values', (text) => {
    const longest = {
      stage: text.stage,
      month: month('2026-09'),
      paidThrough: month('2026-09'),
      owed: text.owed ? { first: month('2026-09'), last: month('2026-12'), amount: rupiah(2_512_345) } : null,
      dueOn: date('2026-09-15'),
      lapsesOn: date('2026-09-01'),
    }
    expect(smsSegments(renderNotice(contentOf(longest), NIK, text.language).sms)).toBeLessThanOrEqual(2)
  })

  test.each(everyText)(
    '$stage in $language leaves no place empty and tells no more of the person than the masked NIK',
    (text) => {
      const rendered = renderNotice(
        contentOf({ stage: text.stage, ...(text.owed ? {} : { owed: null, funding: 'village' }) }),
        NIK,
        text.language,
      )
      for (const text of [rendered.sms, rendered.email.text]) {
        expect(text).not.toMatch(/undefined|null|NaN| {2}|\( ?\)/)
        expect(text).not.toContain(NIK)
        expect(text).toContain('3578**********01')
      }
      expect(rendered.whatsapp.parameters).not.toContain('')
    },
  )

  test.each(LANGUAGES)('where money is asked for, every channel is named, in %s', (language) => {
    const names = { pos: 'Kantor Pos', brilink: 'BRILink', bni: 'Agen46', indomaret: 'Indomaret', alfamart: 'Alfamart' }
    expect(Object.keys(names).sort()).toEqual(channels.map(({ profile }) => profile.name).sort())
    const asking = renderNotice(contentOf(), NIK, language)
    const sponsored = renderNotice(contentOf({ stage: 'sponsor-stopping', owed: null }), NIK, language)
    for (const text of [asking.sms, asking.email.text, sponsored.sms])
      for (const name of Object.values(names)) expect(text).toContain(name)
  })

  test.each(everyText)(
    'the WhatsApp template of $stage in $language, filled with its parameters, says what the SMS says',
    (text) => {
      const content = contentOf({ stage: text.stage, ...(text.owed ? {} : { owed: null }) })
      const { sms, whatsapp } = renderNotice(content, NIK, text.language)
      const id = text.stage === 'lapsed' && !text.owed ? 'lapsed-sponsored' : text.stage
      const template = templateOf(id, text.language)
      expect(template.name).toBe(whatsapp.template)
      expect(template.name).toMatch(/^[a-z0-9_]+$/)
      const filled = template.body.replace(/\{\{(\d+)\}\}/g, (_, place) => whatsapp.parameters[place - 1] ?? '?')
      expect(filled).toBe(sms)
      expect(template.body).not.toContain('{{0}}')
    },
  )

  test('a month of every year has its name, in both languages', () => {
    for (let i = 0; i < 12; i++) {
      const first = addMonths(month('2026-01'), i)
      const owed = { first, last: first, amount: rupiah(8_400) }
      expect(renderNotice(contentOf({ owed }), NIK, 'id').sms).toMatch(/iuran [A-Z][a-z]+ 2026/)
    }
  })
})

describe('segments of an SMS', () => {
  test.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['', 1],
  ])('%#: counted as the network counts', (text, segments) => {
    expect(smsSegments(text)).toBe(segments)
  })

  test('a letter outside the alphabet has no count: it would be sent in another coding', () => {
    expect(smsSegments('’')).toBeUndefined()
  })
})
