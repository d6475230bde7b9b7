/**
 * Bill codes, our own: 16 digits, `99`, a serial of 13 and a Luhn digit, so that one mistyped digit, or two neighbours
 * swapped, is no other bill (the swap of 0 and 9 excepted: Luhn does not see it). No province is 99, so no bill code
 * is a NIK. Refuses to know which bill it is, or whether there is one.
 */
declare const billCodeBrand: unique symbol

export type BillCode = string & { readonly [billCodeBrand]: true }

const PREFIX = '99'
const SERIAL_DIGITS = 13

/** Undefined for anything but 16 digits from 99 whose last digit is right. */
export function parseBillCode(text: string): BillCode | undefined {
  if (!/^99\d{14}$/.test(text)) return undefined
  return luhnDigitOf(text.slice(0, -1)) === text.slice(-1) ? (text as BillCode) : undefined
}

/** An account, or any other text, that is a bill's code. */
export function isBillCode(text: string): text is BillCode {
  return parseBillCode(text) !== undefined
}

/** The code of a serial from 0 to 9,999,999,999,999. Throws a RangeError outside of it. */
export function billCodeOf(serial: bigint | number): BillCode {
  const digits = typeof serial === 'bigint' || Number.isSafeInteger(serial) ? String(serial) : 'no whole number'
  if (!/^\d{1,13}$/.test(digits)) {
    throw new RangeError(`expected a serial from 0 with at most ${SERIAL_DIGITS} digits, got ${digits}`)
  }
  const body = PREFIX + digits.padStart(SERIAL_DIGITS, '0')
  return (body + luhnDigitOf(body)) as BillCode
}

/** The digit that makes the Luhn sum a multiple of ten (ISO/IEC 7812-1): every second digit from the right is doubled. */
function luhnDigitOf(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i])
    const weighed = i % 2 === 0 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return String((10 - (sum % 10)) % 10)
}
