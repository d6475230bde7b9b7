/** SNAP's table of cases: every code has seven digits, every text fits its field. */
import { describe, expect, test } from 'vitest'
import {
  CASES,
  type CaseName,
  responseCode,
  responseMessage,
} from '../../../../shared/protocols/snap/response-codes.ts'

const names = Object.keys(CASES) as CaseName[]

describe('every case', () => {
  test('has a code of seven digits that begins with its HTTP status, for every service', () => {
    for (const name of names) {
      for (const service of ['73', '24', '25'] as const) {
        expect(responseCode(service, name)).toMatch(new RegExp(`^${CASES[name].httpStatus}${service}\\d\\d$`))
      }
    }
  })

  test('has reasons of at most 64 characters, and a message of at most 150 with the longest field name', () => {
    for (const name of names) {
      const { english = '', indonesia = '' } = CASES[name].reason ?? {}
      expect(Math.max(english.length, indonesia.length)).toBeLessThanOrEqual(64)
      expect(responseMessage(name, 'additionalInfo.months').length).toBeLessThanOrEqual(150)
    }
  })

  test('says nothing of a status at 401 and from 500 on, and always below', () => {
    for (const name of names) {
      const { httpStatus, reason } = CASES[name]
      if (httpStatus === 401 || httpStatus >= 500) expect(reason).toBeNull()
      if (httpStatus === 200 || httpStatus === 400 || httpStatus === 409 || httpStatus === 429)
        expect(reason).not.toBeNull()
    }
  })
})
