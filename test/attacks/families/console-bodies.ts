/**
 * What somebody with a good token may send that must not be understood: JSON of two meanings, fields without end, days that no
 * hub has, numbers of people in texts that are kept for ten years, files of more rows than an answer can tell of.
 */
import { randomUUID } from 'node:crypto'
import type { Role } from '../../support/hub.ts'
import { importFile } from '../../support/people.ts'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import type { Draft } from '../wire.ts'

const NOT_JSON = ['400 NOT_JSON']
const INVALID = ['400 INVALID_INPUT']
const TOO_LARGE = ['413 TOO_LARGE']
const TODAY = '2026-11-20'
const FAR_DAYS = ['0001-01-01', '1969-12-31', '1970-01-01', '2019-12-31', '2099-01-01', '9998-12-31', '9999-12-31']

export const consoleBodies: Family = {
  name: 'console, bodies',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const { kpj = '', nik = '' } = victims[0] ?? {}
    const rows = [...twoMeanings(kpj), ...endless(kpj), ...farDays(kpj), ...namedPeople(kpj, nik)]
    return { victims, attacks: rows.map(([name, expected, sent]) => attackOf(arena, name, expected, sent)) }
  },
}

type Sent = {
  readonly role: Role
  readonly method: string
  readonly target: string
  readonly body: string
  readonly type?: string
}
type Row = readonly [string, readonly string[], Sent]

function attackOf(arena: Arena, name: string, expected: readonly string[], sent: Sent): Attack {
  const { role, method, target, body, type = 'application/json' } = sent
  const token = `Bearer ${arena.hub.sandbox('operators')[role]}`
  const headers = [
    ['content-type', type],
    ['authorization', token],
  ] as const
  const draft: Draft = { method, target, headers, body: Buffer.from(body) }
  return drafted(arena, { channel: 'console', name, expected, draft })
}

function closure(kpj: string, body: string): Sent {
  return { role: 'admin', method: 'POST', target: `/api/memberships/${kpj}/closure`, body }
}

function approval(body: string): Sent {
  return { role: 'approver', method: 'POST', target: '/api/differences/none/approval', body }
}

/** Two readers would understand two things. */
function twoMeanings(kpj: string): readonly Row[] {
  const closing = `{"reason":"attack","on":"${TODAY}"}`
  return [
    ['a decision that stands twice', NOT_JSON, approval('{"decision":"reject","decision":"approve"}')],
    ['a decision twice, once escaped', NOT_JSON, approval('{"decision":"reject","d\\u0065cision":"approve"}')],
    ['a decision twice, the same', NOT_JSON, approval('{"decision":"approve","decision":"approve"}')],
    ['a closure after a byte order mark', NOT_JSON, closure(kpj, `\ufeff${closing}`)],
    ['a closure with half a character', NOT_JSON, closure(kpj, `{"reason":"\\ud800","on":"${TODAY}"}`)],
    ['a closure and something after it', NOT_JSON, closure(kpj, `${closing}{}`)],
    ['a closure with a comment', NOT_JSON, closure(kpj, closing.replace('{', '{/* */'))],
    ['a closure as a list', INVALID, closure(kpj, `[${closing}]`)],
    ['a closure with a prototype', INVALID, closure(kpj, closing.replace('{', '{"__proto__":{"on":"x"},'))],
    ['a closure seventeen deep', NOT_JSON, closure(kpj, `${'['.repeat(17)}${']'.repeat(17)}`)],
  ]
}

function endless(kpj: string): readonly Row[] {
  const long = 'a'.repeat(360_000)
  const email = JSON.stringify({ email: `${long}@example.org` })
  const contacts = JSON.stringify({ contacts: [{ name: 'x', email: `${long}@example.org`, language: 'id' }] })
  const rows = `${importFile([])}${'x\n'.repeat(300_000)}`
  const preferences = `/api/memberships/${kpj}/contact-preferences`
  return [
    ['an e-mail of 360 KB', INVALID, { role: 'operator', method: 'PUT', target: preferences, body: email }],
    [
      'an e-mail of 360 KB of a sponsor',
      [...INVALID, '404 UNKNOWN_SPONSOR'],
      { role: 'operator', method: 'PUT', target: '/api/sponsors/nobody-here/contacts', body: contacts },
    ],
    ['a reason of 360 KB', INVALID, closure(kpj, JSON.stringify({ reason: long, on: TODAY }))],
    [
      'a search for 360 KB',
      INVALID,
      { role: 'viewer', method: 'POST', target: '/api/searches', body: JSON.stringify({ text: long }) },
    ],
    [
      '300,000 rows that are none',
      TOO_LARGE,
      { role: 'operator', method: 'POST', target: '/api/memberships/import', body: rows, type: 'text/csv' },
    ],
  ]
}

function farDays(kpj: string): readonly Row[] {
  return FAR_DAYS.flatMap((day): readonly Row[] => [
    [
      `a settlement file of ${day}`,
      INVALID,
      { role: 'operator', method: 'PUT', target: `/api/settlements/bni/${day}/file`, body: 'x', type: 'text/plain' },
    ],
    [
      `a bill valid until ${day}`,
      INVALID,
      {
        role: 'operator',
        method: 'POST',
        target: '/api/bills',
        body: JSON.stringify({ kpj, months: 1, validUntil: day }),
      },
    ],
    [`a closure on ${day}`, INVALID, closure(kpj, JSON.stringify({ reason: 'attack', on: day }))],
    [`an audit of ${day}`, INVALID, { role: 'operator', method: 'POST', target: `/api/audits?day=${day}`, body: '' }],
  ])
}

/** Texts that outlive a person's contacts. */
function namedPeople(kpj: string, nik: string): readonly Row[] {
  const grouped = (sign: string) => nik.replaceAll(/(.{4})(?=.)/g, `$1${sign}`)
  const wide = [...nik].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
  const writings: readonly (readonly [string, string])[] = [
    ['as it is', nik],
    ['in groups', grouped(' ')],
    ['with dots', grouped('.')],
    ['with dashes', grouped('-')],
    ['with commas', grouped(',')],
    ['digit by digit', [...nik].join(' ')],
    ['in full-width digits', wide],
    ['of a phone in groups', '0812 3456 7890'],
    ['of a phone with its country', '+62 (812) 3456-7890'],
    ['of a phone with dots', '0812.3456.7890'],
  ]
  return writings.map(([writing, number]) => [
    `a closure for somebody’s number ${writing}`,
    INVALID,
    closure(kpj, JSON.stringify({ reason: `asked by ${number} ${randomUUID().slice(0, 4)}`, on: TODAY })),
  ])
}
