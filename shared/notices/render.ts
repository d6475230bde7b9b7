/**
 * A decided notice as text for each channel.
 *
 * Promise: amounts and months are the facts'; of the person only the masked NIK appears. An SMS stays within two segments
 * of the GSM alphabet (test/shared/notices/render.test.ts walks every text with the longest values).
 */
import type { BusinessDate } from '../domain/instant.ts'
import { firstDayOf, type Month, monthOfDate } from '../domain/month.ts'
import { maskNik } from '../domain/nik.ts'
import type { NoticeContent } from '../domain/notice-decision.ts'
import type { Language } from '../domain/notice-preferences.ts'
import { ASKS_FOR_MONEY, type NoticeTexts, PLACES, type Place, type TextId, type Values } from './texts.ts'
import { ENGLISH } from './texts-en.ts'
import { INDONESIAN } from './texts-id.ts'

export type RenderedNotice = {
  readonly language: Language
  readonly sms: string
  /** `parameters` fill the places of a template that the provider was given: `templateOf`. */
  readonly whatsapp: { readonly template: string; readonly parameters: readonly string[] }
  readonly email: { readonly subject: string; readonly text: string }
}

const WORDS: Readonly<Record<Language, NoticeTexts>> = { id: INDONESIAN, en: ENGLISH }

export function renderNotice(content: NoticeContent, nik: string, language: Language): RenderedNotice {
  const words = WORDS[language]
  const id = textIdOf(content)
  const values = valuesOf(content, nik, words)
  const sms = sentencesOf(id, values, words)
  const counters = ASKS_FOR_MONEY[id] ? ['', ...words.counters.map((line) => `- ${line}`)] : []
  const closing = ASKS_FOR_MONEY[id] ? ['', words.closing] : []
  return {
    language,
    sms,
    whatsapp: { template: templateName(id), parameters: placesOf(id, words).map((place) => values[place]) },
    email: {
      subject: words.subject[id],
      text: [words.greeting, '', words.text[id](values), ...counters, ...closing].join('\n'),
    },
  }
}

/** What the provider of WhatsApp must be given before a template can be used: its name and its body. */
export function templateOf(id: TextId, language: Language): { readonly name: string; readonly body: string } {
  const words = WORDS[language]
  const places = placesOf(id, words)
  const values = Object.fromEntries(PLACES.map((place) => [place, `{{${places.indexOf(place) + 1}}}`])) as Values
  return { name: templateName(id), body: sentencesOf(id, values, words) }
}

/** Templates are named in lower case letters, digits and underscores. */
function templateName(id: TextId): string {
  return `iuran_${id.replaceAll('-', '_')}`
}

function sentencesOf(id: TextId, values: Values, words: NoticeTexts): string {
  const text = words.text[id](values)
  return ASKS_FOR_MONEY[id] ? `${text} ${words.howToPay}` : text
}

/** The places that a text uses, in the order in which it uses them. */
function placesOf(id: TextId, words: NoticeTexts): readonly Place[] {
  const marks = Object.fromEntries(PLACES.map((place) => [place, `<${place}>`])) as Values
  const marked = words.text[id](marks)
  return PLACES.filter((place) => marked.includes(marks[place])).sort(
    (a, b) => marked.indexOf(marks[a]) - marked.indexOf(marks[b]),
  )
}

function textIdOf({ stage, owed }: NoticeContent): TextId {
  return stage === 'lapsed' && owed === null ? 'lapsed-sponsored' : stage
}

function valuesOf(
  { month, owed, dueOn, lapsesOn, paidThrough }: NoticeContent,
  nik: string,
  words: NoticeTexts,
): Values {
  return {
    nik: maskNik(nik),
    months: owed === null ? '' : monthsText(owed.first, owed.last, words),
    amount: owed === null ? '' : `Rp${String(owed.amount).replace(/\B(?=(\d{3})+$)/g, words.thousands)}`,
    dueOn: dateText(dueOn, words),
    since: dateText(firstDayOf(month), words),
    lapsesOn: lapsesOn === null ? '' : dateText(lapsesOn, words),
    paidThrough: paidThrough === null ? '' : monthText(paidThrough, words),
  }
}

function monthText(month: Month, words: NoticeTexts): string {
  return `${words.monthNames[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
}

function monthsText(first: Month, last: Month, words: NoticeTexts): string {
  return first === last ? monthText(first, words) : `${monthText(first, words)} - ${monthText(last, words)}`
}

function dateText(date: BusinessDate, words: NoticeTexts): string {
  return `${Number(date.slice(8))} ${monthText(monthOfDate(date), words)}`
}
