/**
 * docs/reference/notices.md is written from the texts: every notice that a member or a sponsor may get, word for word, as it is
 * approved by people and registered with the provider of WhatsApp. `npm test -- test/docs -u` writes it anew.
 */
import path from 'node:path'
import { expect, test } from 'vitest'
import { rupiah } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import type { NoticeContent } from '../../shared/domain/notice-decision.ts'
import { LANGUAGES, type Language } from '../../shared/domain/notice-preferences.ts'
import { NOTICE_STAGES, type NoticeStage } from '../../shared/domain/notice-stage.ts'
import { PROGRAM_NOTICE_STAGES } from '../../shared/domain/sponsors/program-notice.ts'
import { renderNotice, templateOf } from '../../shared/notices/render.ts'
import { sponsorEmail } from '../../shared/notices/sponsor-texts.ts'
import { date } from '../support/facts.ts'

const FILE = path.join(import.meta.dirname, '../../docs/reference/notices.md')
const NIK = '3578011203850001'
const NAMES: Readonly<Record<Language, string>> = { id: 'Indonesian', en: 'English' }

type Case = { readonly stage: NoticeStage; readonly isOwed: boolean; readonly title: string }
const CASES: readonly Case[] = [
  ...NOTICE_STAGES.map((stage) => ({ stage, isOwed: true, title: stage })),
  { stage: 'lapsed', isOwed: false, title: 'lapsed, of a member whose sponsor paid' },
]

function contentOf({ stage, isOwed }: Case): NoticeContent {
  return {
    stage,
    month: month('2026-11'),
    funding: isOwed ? 'self' : 'village',
    paidThrough: month('2026-10'),
    owed: isOwed ? { first: month('2026-11'), last: month('2027-01'), amount: rupiah(1_233_600) } : null,
    dueOn: date('2026-11-16'),
    lapsesOn: date('2027-02-01'),
  }
}

const quoted = (text: string) => ['```text', text, '```', '']

function memberText(each: Case, language: Language): readonly string[] {
  const { sms, whatsapp, email } = renderNotice(contentOf(each), NIK, language)
  const id = each.isOwed ? each.stage : 'lapsed-sponsored'
  const template = templateOf(id, language)
  expect(whatsapp.template).toBe(template.name)
  return [
    `### ${NAMES[language]}: ${each.title}`,
    '',
    `SMS, and the WhatsApp template \`${template.name}\` filled with ${whatsapp.parameters.map((value) => `\`${value}\``).join(', ')}:`,
    '',
    ...quoted(sms),
    'The template as it is registered:',
    '',
    ...quoted(template.body),
    `E-mail, "${email.subject}":`,
    '',
    ...quoted(email.text),
  ]
}

function sponsorText(language: Language): readonly string[] {
  return PROGRAM_NOTICE_STAGES.flatMap((stage) => {
    const { subject, text } = sponsorEmail({ program: 'jambi.2027', lastMonth: month('2027-12'), stage }, language)
    return [`### ${NAMES[language]}: ${stage}`, '', `E-mail, "${subject}":`, '', ...quoted(text)]
  })
}

test('the reference of notices has every text in every language, word for word', async () => {
  const text = [
    '# Notices',
    '',
    'What members and sponsors are told, word for word. The member of the examples owes November 2026 to January 2027. Written from `shared/notices` by `test/docs/notices.test.ts`.',
    '',
    '## To members',
    '',
    ...LANGUAGES.flatMap((language) => CASES.flatMap((each) => memberText(each, language))),
    '## To sponsors',
    '',
    ...LANGUAGES.flatMap(sponsorText),
  ].join('\n')
  expect(text.match(/^### /gm)).toHaveLength(LANGUAGES.length * (CASES.length + PROGRAM_NOTICE_STAGES.length))
  await expect(text).toMatchFileSnapshot(FILE)
})

test.each([
  ['id', 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'],
  ['en', 'January February March April May June July August September October November December'],
] as const)('a month has its own name in %s', (language, names) => {
  const read = Array.from({ length: 12 }, (_, i) => {
    const first = month(`2026-${String(i + 1).padStart(2, '0')}`)
    const owed = { first, last: first, amount: rupiah(8_400) }
    const { parameters } = renderNotice(
      { ...contentOf({ stage: 'due', isOwed: true, title: '' }), owed },
      NIK,
      language,
    ).whatsapp
    return parameters.find((value) => value.endsWith(' 2026') && !/^\d/.test(value))?.slice(0, -5)
  })
  expect(read.join(' ')).toBe(names)
})
