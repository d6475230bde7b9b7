/**
 * How many segments an SMS takes: what it costs and whether it arrives in one piece.
 * The alphabet is GSM 03.38: 160 letters in one segment, 153 in each of several. What lies outside it has no answer here.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Written with an escape: two letters each. */
const EXTENDED = new Set('^{}\\[~]|€')
const ONE_SEGMENT = 160
const OF_SEVERAL = 153

/** Undefined for text with a letter that the alphabet does not have: it would go out in another coding, at 70 letters each. */
export function smsSegments(text: string): number | undefined {
  let letters = 0
  for (const letter of text) {
    if (BASIC.has(letter)) letters += 1
    else if (EXTENDED.has(letter)) letters += 2
    else return undefined
  }
  return letters <= ONE_SEGMENT ? 1 : Math.ceil(letters / OF_SEVERAL)
}
