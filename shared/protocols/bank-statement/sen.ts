/**
 * Money of a bank statement, in whole sen: interest and balances have them, contributions do not.
 * Promises exact integers, or nothing. 13 digits of rupiah stay far below what a number holds exactly, sums of a statement included.
 */

const AMOUNT = /^(\d{1,18})(?:[.,](\d{0,5}))?$/
const MOST_DIGITS = 13

/** `1234`, `1234,5`, `1234.56`, `0001,00`; more than two decimals only where they are zeros. Undefined for anything else. */
export function senOf(text: string): number | undefined {
  if (text.length > 24) return undefined
  const [, rupiahs = '', decimals = ''] = AMOUNT.exec(text) ?? []
  const whole = rupiahs.replace(/^0+(?=\d)/, '')
  if (whole === '' || whole.length > MOST_DIGITS || !/^\d{0,2}0*$/.test(decimals)) return undefined
  return Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'))
}

/** `1000000.50`, for texts that a person reads. */
export function senText(sen: number): string {
  const sign = sen < 0 ? '-' : ''
  const digits = String(Math.abs(sen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
